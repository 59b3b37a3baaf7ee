import { CHANNELS, type Channel } from '#db/schema/hotline.values.ts';

export const STATISTICS_PARAMETERS = ['year', 'channel'] as const;

export interface StatisticsQuery {
  year: number | null;
  channel: Channel | null;
}

/** Reads year and channel of an address; what makes no sense is left out. */
export function readStatisticsQuery(params: URLSearchParams): StatisticsQuery {
  const year = params.get('year') ?? '';
  return {
    year: /^20\d\d$/.test(year) ? Number(year) : null,
    channel: CHANNELS.find((channel) => channel === params.get('channel')) ?? null,
  };
}
