import type { APIRoute } from 'astro';
import { cachePublic } from '#core/answer.ts';
import { toCsv } from '#core/tables.ts';
import { readStatisticsQuery, STATISTICS_PARAMETERS } from '#domains/hotline/statistics/input.ts';
import { yearFigures } from '#domains/hotline/statistics/service.ts';

/** The figures of `/hotline/statistics` by month, as a file: the same count as the page. */
export const GET: APIRoute = async (context) => {
  const f = await yearFigures(readStatisticsQuery(context.url.searchParams));
  cachePublic(context, { tags: ['cases'], query: [...STATISTICS_PARAMETERS], maxAge: 600 });
  const csv = toCsv({
    header: ['月份', '收到', '其中已答复', '用时中位数（天）', '九成在几天内答复（天）'],
    rows: f.months.map((m) => [m.month, m.received, m.answered, m.medianDays, m.p90Days]),
  });
  return new Response(csv, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="hotline-monthly-${f.year}.csv"`,
    },
  });
};
