import { now } from '#core/clock.ts';
import { found } from '#core/errors.ts';
import { reader } from '#core/store.ts';
import type { Category, State } from '#db/schema/hotline.values.ts';
import type { CaseId, PlaceId } from '#db/schema/ids.ts';
import { currentCalendar } from '#domains/calendar/service.ts';
import { type Hop, timelineOf } from '../cases/timeline.ts';
import { catalogueAt } from '../catalogue/service.ts';
import { CATEGORY_INFO } from '../categories.ts';
import { type ClockFace, clockFace } from '../deadline/rules.ts';
import { KIND_LABEL, OUTCOME_LABEL, publicLabel } from '../labels.ts';
import { parseCaseNumber } from '../numbers.ts';
import { maskPublicText } from '../privacy/rules.ts';
import { answerIsOut } from '../publication/rules.ts';
import { casePage } from '../publication/service.ts';
import { listSpoken, listSpokenOf, type Spoken } from '../publication/store.ts';
import { residentWordsInPublic, staffWordsInPublic, titleInPublic } from '../publication/words.ts';
import type { LedgerQuery } from './input.ts';
import * as store from './store.ts';

export type { PublicPhoto } from './store.ts';

/** A line of the ledger. */
export interface LedgerLine {
  number: string;
  url: string;
  title: string;
  category: string;
  community: string;
  state: State;
  label: string;
  filedAt: Date;
  answeredAt: Date | null;
  unit: string;
}

/** A case as everyone may read it; nothing in it tells who complained. */
export interface PublicCase extends LedgerLine {
  id: CaseId;
  placeId: PlaceId;
  kind: string;
  /** Street or landmark, for roads, lamps, manholes, drains and greens alone. */
  where: string;
  clock: ClockFace | null;
  /** The resident's words, as moderated and masked; null while staff have not shown them. */
  words: string | null;
  answer: string | null;
  outcome: string;
  hops: Hop[];
  photos: store.PublicPhoto[];
}

const PER_PAGE = 20;

const idsOf = (path: string): PlaceId[] =>
  path
    .split('/')
    .filter(Boolean)
    .map((id) => Number(id) as PlaceId);

/** The community of each row's place, or the nearest place above where it lies in none; the city is 「全市」. */
async function communitiesOf(rows: readonly store.PublicRow[]): Promise<Map<string, string>> {
  const ids = [...new Set(rows.flatMap((row) => idsOf(row.placePath)))];
  const names = new Map((ids.length ? await store.listNames(reader, ids) : []).map((row) => [row.id, row]));
  const nameOf = (path: string): string => {
    const chain = idsOf(path).flatMap((id) => names.get(id) ?? []);
    const shown = chain.find((place) => place.level === 'community') ?? chain.at(-1);
    return shown === undefined || shown.level === 'city' ? '全市' : shown.name;
  };
  return new Map(rows.map((row) => [row.placePath, nameOf(row.placePath)]));
}

function lineOf(row: store.PublicRow, community: string, spoken: readonly Spoken[]): LedgerLine {
  return {
    number: row.number,
    url: casePage(row.number),
    title: titleInPublic(row.publicTitle, spoken),
    category: CATEGORY_INFO[row.category as Category].label,
    community,
    state: row.state,
    label: publicLabel(row.state, row.referredTo ?? undefined),
    filedAt: row.filedAt,
    answeredAt: answerIsOut(row.state) ? row.firstAnsweredAt : null,
    unit: (answerIsOut(row.state) ? row.answerUnit : null) ?? row.unit ?? '',
  };
}

async function linesOf(rows: readonly store.PublicRow[]): Promise<LedgerLine[]> {
  const communities = await communitiesOf(rows);
  const spoken = await listSpokenOf(
    reader,
    rows.map((row) => row.id),
  );
  return rows.map((row) =>
    lineOf(
      row,
      communities.get(row.placePath) ?? '',
      spoken.filter((each) => each.caseId === row.id),
    ),
  );
}

/** A page of the ledger, the newest filing first. */
export async function listLedger(
  query: LedgerQuery,
): Promise<{ lines: LedgerLine[]; total: number; page: number; pages: number }> {
  const total = await store.countPublic(reader, query);
  const pages = Math.max(1, Math.ceil(total / PER_PAGE));
  const page = Math.min(query.page, pages);
  const rows = await store.listPublic(reader, query, PER_PAGE, (page - 1) * PER_PAGE);
  return { lines: await linesOf(rows), total, page, pages };
}

const EVERYTHING = { category: null, state: null, month: null };

/** The newest published cases, of the whole city or of one place and all under it; for home and community pages. */
export async function recentCases(limit: number, community: PlaceId | null = null): Promise<LedgerLine[]> {
  return linesOf(await store.listPublic(reader, { ...EVERYTHING, community }, limit, 0));
}

/** The months that the ledger can be filtered by. */
export function listLedgerMonths(): Promise<string[]> {
  return store.listMonths(reader);
}

const NOT_PUBLIC = '没有找到这件诉求。它可能没有公开，或编号不对；自己提交的诉求请用编号和查询码查询。';

/** A published case by its number. Throws the same `not_found` for an unknown, a private and a hidden one. */
export async function getPublicCase(number: string): Promise<PublicCase> {
  const parsed = parseCaseNumber(number);
  const row = found(parsed && (await store.findPublic(reader, parsed.number)), NOT_PUBLIC);
  const category = row.category as Category;
  const { info } = await catalogueAt(row.filedAt);
  const spoken = await listSpoken(reader, row.id);
  const [line] = await linesOf([row]);
  const steps = await store.listPublicSteps(reader, row.id);
  const words = spoken.map(residentWordsInPublic).filter((each) => each !== null);
  const answer = answerIsOut(row.state) ? staffWordsInPublic(row.answerText, spoken) : null;
  const hops = timelineOf(
    steps.map((step) => ({ ...step, publicText: staffWordsInPublic(step.publicText, spoken) })),
    row.state,
  );
  const where = info[category].publicPlace ? await store.findAddress(reader, row.id) : '';
  return {
    ...found(line),
    id: row.id,
    placeId: row.placeId,
    category: info[category].label,
    kind: KIND_LABEL[row.kind],
    where: maskPublicText(where),
    clock: clockFace(await currentCalendar(), row, now()),
    words: words.length > 0 ? words.join('\n') : null,
    answer,
    outcome: answer !== null && row.outcome ? OUTCOME_LABEL[row.outcome] : '',
    // What stands above as the answer is not said twice.
    hops: hops.map((hop) => (hop.text === answer ? { ...hop, text: '答复内容见上。' } : hop)),
    photos: await store.listPublicPhotos(reader, row.id),
  };
}
