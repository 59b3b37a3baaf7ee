import type { HonorClass, HonoreeSubject, HonorKind } from '#db/schema/honors.values.ts';
import type {
  CaseEvent,
  Category,
  Channel,
  Kind,
  Party,
  RatingLevel,
  Secrecy,
  State,
} from '#db/schema/hotline.values.ts';
import type { SerialKind } from '#db/schema/news.values.ts';
import type { DutyRole, PlaceLevel, UnitKind } from '#db/schema/places.values.ts';

/**
 * The shapes of the demonstration city's content. Keys are words that refer to each other; the loader gives the numbers.
 * Every time is an offset from the Beijing day of loading, so that the city never grows old.
 */

/** A moment `daysAgo` Beijing days before the day of loading, at the clock time `HH:mm`. */
export interface Moment {
  daysAgo: number;
  at: string;
}

export interface DemoPlace {
  key: string;
  level: PlaceLevel;
  parent: string | null;
  name: string;
  code: string;
  lat: number;
  lng: number;
}

export interface DemoUnit {
  key: string;
  kind: UnitKind;
  name: string;
  shortName: string;
  place: string;
  duties: string;
}

export interface DemoDuty {
  place: string;
  role: DutyRole;
  person: string;
  fromDaysAgo: number;
  /** Days from the day of loading until the term ends; negative for a term that is over, `null` for an open one. */
  untilDays: number | null;
  phone: string;
  phonePublic: boolean;
}

export interface CommunityPage {
  place: string;
  introduction: string;
  officeAddress: string;
  officeHours: string;
  /** 居民公约, one article a line. */
  covenant: string[];
  /** Who answers for what: a matter, and the key of the unit that answers for it. */
  answers: { matter: string; unit: string; note: string }[];
}

/**
 * `title`, `summary` and `body` may hold date marks counted from the article's own day, see `prose.ts`.
 */
export interface DemoArticle extends Moment {
  key: string;
  column: string;
  kicker?: string;
  title: string;
  subtitle?: string;
  source: string;
  author: string;
  editor: string;
  summary: string;
  body: string;
  scene?: string;
  sceneAlt?: string;
  attachments?: { name: string; text: string }[];
  related?: string[];
  topic?: string;
}

export interface DemoBulletin extends Moment {
  kind: SerialKind;
  title: string;
  body: string;
}

export interface DemoHonor {
  key: string;
  kind: HonorKind;
  class?: HonorClass;
  /** Months before the month of loading; the loader prints it as the period. */
  monthsAgo: number;
  subject: HonoreeSubject;
  name: string;
  place: string;
  deeds: string;
  story: string;
  scene: string;
  sceneAlt: string;
}

export interface DemoStep extends Moment {
  event: CaseEvent;
  by: Party;
  publicText: string;
  internalText?: string;
  /** The unit that acts, receives or is proposed. */
  unit?: string;
  /** Refusal code, ground of a return, outcome of a follow-up, or the key of the case merged into. */
  code?: string;
}

export interface DemoPhoto {
  scene: string;
  alt: string;
  when: 'before' | 'after';
  public: boolean;
}

export interface DemoComplaint extends Moment {
  key: string;
  category: Category;
  kind: Kind;
  state: State;
  title?: string;
  body: string;
  place: string;
  address: string;
  channel: Channel;
  secrecy: Secrecy;
  name?: string;
  phone?: string;
  shareContact: boolean;
  /** The staff's one-line summary, shown in place of the resident's words. */
  summary: string;
  /** Whether staff approved the resident's own words for the public page. */
  published: boolean;
  /** All steps after filing, oldest first. */
  history: DemoStep[];
  photos?: DemoPhoto[];
  rating?: { result: RatingLevel; manner: RatingLevel; comment?: string };
}
