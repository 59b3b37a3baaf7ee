/** What a staff entry makes of a day: a rest day, or a working day (调休 included). */
export const OVERRIDE_KINDS = ['off', 'work'] as const;
export type OverrideKind = (typeof OVERRIDE_KINDS)[number];

/** How a limit counts: hours round the clock, working days, calendar days, months. */
export const LIMIT_UNITS = ['hour', 'workday', 'day', 'month'] as const;
export type LimitUnit = (typeof LIMIT_UNITS)[number];
