import chineseDays from 'chinese-days';
import type { Calendar } from './rules.ts';

// Outside its data the library silently applies the weekday rule, so the years it truly holds are listed here.
const FIRST_YEAR = 2004;
const LAST_YEAR = 2026;

/** The national notices that ship with the software, 2004–2026. */
export const nationalCalendar: Calendar = {
  isKnown: (year) => year >= FIRST_YEAR && year <= LAST_YEAR,
  isWorkday(day) {
    // The library reads a bare date as UTC and then looks at the local day, which is the day before anywhere west of
    // Greenwich. Local noon is the same calendar day everywhere.
    return chineseDays.isWorkday(new Date(`${day}T12:00:00`));
  },
};
