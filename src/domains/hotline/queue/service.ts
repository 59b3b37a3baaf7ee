import type { Actor } from '#core/actor.ts';
import { addDays, beijingDay, now, startOfBeijingDay } from '#core/clock.ts';
import { can, permit } from '#core/permissions.ts';
import { reader } from '#core/store.ts';
import type { Category, State } from '#db/schema/hotline.values.ts';
import type { CaseId, PlaceId } from '#db/schema/ids.ts';
import { type DueWords, describeDue } from '#domains/calendar/rules.ts';
import { currentCalendar } from '#domains/calendar/service.ts';
import { type Reach, reachOf } from '../cases/access.ts';
import { catalogueAt } from '../catalogue/service.ts';
import { deskLabel } from '../categories.ts';
import { type ClockFace, clockFace } from '../deadline/rules.ts';
import { KIND_LABEL, STAFF_LABEL } from '../labels.ts';
import { type Nearness, type QueueQuery, wantedOf } from './input.ts';
import { type BasketKey, basketOf, basketsFor, stepClock } from './rules.ts';
import * as store from './store.ts';
import { maskFor } from './words.ts';

const PER_PAGE = 30;
/** How many cases a search by words looks through at most: the newest. */
const MOST_SEARCHED = 400;

/** Lets pass who may see any list of cases at all. */
export function permitDesk(actor: Actor): void {
  if (!can(actor, 'hotline:rights')) permit(actor, 'hotline:read');
}

const knowsNumbers = (actor: Actor): boolean =>
  can(actor, 'hotline:read-contact') || can(actor, 'hotline:rights');

/**
 * The cases whose words, as the asker may read them, hold a text. What is masked for him is not found by him either: a search
 * for a name or a telephone number must not tell whose case it is.
 */
async function search(reach: Reach, text: string): Promise<CaseId[]> {
  const rows = await store.listWordsWith(reader, reach, text, MOST_SEARCHED);
  const sought = text.toLowerCase();
  const readable = rows.filter((row) => {
    const mask = maskFor([row]);
    return [row.publicTitle, row.title, row.body, row.address].some((words) =>
      mask(words).toLowerCase().includes(sought),
    );
  });
  return [...new Set(readable.map((row) => row.caseId))];
}

const DAYS: Readonly<Record<Nearness, number | null>> = { overdue: null, today: 1, soon: 3 };

function dueBefore(due: Nearness, at: Date): Date {
  const days = DAYS[due];
  return days === null ? at : startOfBeijingDay(addDays(beijingDay(at), days));
}

const unitOf = (actor: Actor) => (actor.kind === 'staff' ? actor.unitId : null);

/** A basket with the filters of an address upon it. */
export async function pileOf(
  actor: Actor,
  reach: Reach,
  basket: BasketKey,
  query: QueueQuery,
): Promise<store.Pile> {
  const wanted = wantedOf(query.q);
  return {
    basket: basketOf(basket),
    unitId: unitOf(actor),
    state: query.state,
    category: query.category,
    place: query.place,
    unit: query.unit,
    dueBefore: query.due ? dueBefore(query.due, now()) : null,
    number: wanted.number ? { number: wanted.number, complaints: knowsNumbers(actor) } : null,
    ids: wanted.text === null ? null : await search(reach, wanted.text),
  };
}

const UNFILTERED: QueueQuery = {
  basket: null,
  state: null,
  category: null,
  place: null,
  unit: null,
  due: null,
  q: '',
  page: 1,
};

/** A basket with how much it holds. */
export interface BasketCount {
  key: BasketKey;
  label: string;
  work: boolean;
  n: number;
  late: number;
}

/** The baskets on this person's desk. What is only for looking is not counted. */
export async function listBaskets(actor: Actor): Promise<BasketCount[]> {
  permitDesk(actor);
  const reach = reachOf(actor);
  const at = now();
  return Promise.all(
    basketsFor(actor).map(async (key) => {
      const { label, work } = basketOf(key);
      const held = work
        ? await store.countPile(reader, reach, await pileOf(actor, reach, key, UNFILTERED), at)
        : { n: 0, late: 0 };
      return { key, label, work, ...held };
    }),
  );
}

/** Where a person's day begins: the first basket in which something waits for him; all that is open where nothing does. */
export const firstBasket = (baskets: readonly BasketCount[]): BasketKey =>
  baskets.find(({ work, n }) => work && n > 0)?.key ?? baskets.find(({ work }) => work)?.key ?? 'open';

/** A line of a list, in words. */
export interface QueueLine {
  id: CaseId;
  number: string;
  title: string;
  state: State;
  stateLabel: string;
  kind: string;
  category: string;
  community: string;
  unit: string;
  urgent: boolean;
  tipoff: boolean;
  returns: number;
  redos: number;
  filedAt: Date;
  clock: ClockFace | null;
  /** The clock of the step that it waits for. */
  step: (DueWords & { label: string }) | null;
}

const idsOf = (path: string): PlaceId[] =>
  path
    .split('/')
    .filter(Boolean)
    .map((id) => Number(id) as PlaceId);

/** Names a case's place by its community; by the nearest place above where it lies in none. */
export async function placeNamer(): Promise<(path: string) => string> {
  const names = new Map((await store.listNames(reader)).map((row) => [row.id, row]));
  return (path) => {
    const last = idsOf(path)
      .flatMap((id) => names.get(id) ?? [])
      .at(-1);
    return last === undefined || last.level === 'city' ? '全市' : last.name;
  };
}

/** What each case is called at the desk: the centre's own line, else the filer's title; who he is hidden in both. */
export async function titlesOf(
  rows: readonly { id: CaseId; publicTitle: string }[],
): Promise<Map<CaseId, string>> {
  const words = await store.listWords(
    reader,
    rows.map((row) => row.id),
  );
  const byCase = new Map<CaseId, store.Words[]>();
  for (const each of words) byCase.set(each.caseId, [...(byCase.get(each.caseId) ?? []), each]);
  return new Map(
    rows.map(({ id, publicTitle }) => {
      const own = byCase.get(id) ?? [];
      return [id, maskFor(own)(publicTitle || own[0]?.title || '')];
    }),
  );
}

async function linesOf(rows: readonly store.QueueRow[]): Promise<QueueLine[]> {
  const at = now();
  const cal = await currentCalendar();
  const [titles, nameOf] = [await titlesOf(rows), await placeNamer()];
  return Promise.all(
    rows.map(async (row) => {
      const { info, limits } = await catalogueAt(row.filedAt);
      const step = stepClock(cal, row, limits);
      return {
        id: row.id,
        number: row.number,
        title: titles.get(row.id) ?? '',
        state: row.state,
        stateLabel: STAFF_LABEL[row.state],
        kind: KIND_LABEL[row.kind],
        category: deskLabel(row.category as Category, info),
        community: nameOf(row.placePath),
        unit: row.unit ?? '',
        urgent: row.urgency === 'emergency' || row.urgency === 'utilities',
        tipoff: row.kind === 'tipoff',
        returns: row.returns,
        redos: row.redos,
        filedAt: row.filedAt,
        clock: clockFace(cal, row, at),
        step: step && { label: step.label, ...describeDue(cal, step.due, at) },
      };
    }),
  );
}

export interface QueuePage {
  basket: BasketKey;
  lines: QueueLine[];
  total: number;
  page: number;
  pages: number;
}

/** A page of one basket within the actor's reach, in the basket's order. */
export async function listQueue(actor: Actor, basket: BasketKey, query: QueueQuery): Promise<QueuePage> {
  permitDesk(actor);
  const own = basketsFor(actor).includes(basket) ? basket : 'open';
  const reach = reachOf(actor);
  const pile = await pileOf(actor, reach, own, query);
  const { n: total } = await store.countPile(reader, reach, pile, now());
  const pages = Math.max(1, Math.ceil(total / PER_PAGE));
  const page = Math.min(query.page, pages);
  const rows = await store.listPile(reader, reach, pile, PER_PAGE, (page - 1) * PER_PAGE);
  return { basket: own, lines: await linesOf(rows), total, page, pages };
}

/** The cases within the actor's reach whose clock runs out first, or ran out longest ago; at most `limit`. */
export async function listUrgent(actor: Actor, limit: number): Promise<QueueLine[]> {
  permitDesk(actor);
  const reach = reachOf(actor);
  const pile = await pileOf(actor, reach, 'open', UNFILTERED);
  // The basket's order puts running clocks first; what waits for the filer is nobody's haste.
  const rows = await store.listPile(reader, reach, pile, limit, 0);
  return (await linesOf(rows)).filter(({ clock }) => clock !== null && clock.state !== 'paused');
}

/** What comes next in a basket once `number` is done with; null when nothing is left. */
export async function nextIn(
  actor: Actor,
  basket: BasketKey,
  number: string,
): Promise<{ number: string; title: string; left: number } | null> {
  const { lines, total } = await listQueue(actor, basket, UNFILTERED);
  const next = lines.find((line) => line.number !== number);
  const still = lines.some((line) => line.number === number);
  return next ? { number: next.number, title: next.title, left: still ? total - 1 : total } : null;
}
