import { setImmediate } from 'node:timers/promises';
import { now } from '#core/clock.ts';
import { AppError } from '#core/errors.ts';
import { reader } from '#core/store.ts';
import type { CaseId, MediaId } from '#db/schema/ids.ts';
import { LARGEST } from '#domains/media/rules.ts';
import { siteSettings } from '#domains/settings/service.ts';
import { type Hop, timelineOf } from '../../cases/timeline.ts';
import type { Catalogue } from '../../catalogue/rules.ts';
import { catalogueAt } from '../../catalogue/service.ts';
import { maskPublicText } from '../../privacy/rules.ts';
import { answerIsOut } from '../../publication/rules.ts';
import { listSpokenOf, type Spoken } from '../../publication/store.ts';
import { residentWordsInPublic, staffWordsInPublic, titleInPublic } from '../../publication/words.ts';
import { answersIn } from '../answers/rules.ts';
import type { Document, Value } from '../documents/rules.ts';
import { w3c } from '../instants.ts';
import { attributesOf, categoryOf } from '../services/rules.ts';
import { readFilter, readIds, wantsExtensions } from './input.ts';
import { hopLine, statusNotes, statusOf } from './rules.ts';
import * as store from './store.ts';
import { type Whereabouts, whereaboutsOf } from './whereabouts.ts';

/** Everything that the public may know of one case, gathered. */
interface Known {
  row: store.PublishedRow;
  spoken: readonly Spoken[];
  steps: Awaited<ReturnType<typeof store.listSteps>>;
  photos: readonly { id: MediaId; alt: string }[];
  place: Whereabouts;
}

interface Surroundings {
  catalogue: Catalogue;
  origin: string;
  extensions: boolean;
}

function byCase<T extends { caseId: CaseId }>(rows: readonly T[]): (id: CaseId) => T[] {
  const groups = new Map<CaseId, T[]>();
  for (const row of rows) {
    const group = groups.get(row.caseId);
    if (group) group.push(row);
    else groups.set(row.caseId, [row]);
  }
  return (id) => groups.get(id) ?? [];
}

async function gather(rows: readonly store.PublishedRow[]): Promise<Known[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const spoken = byCase(await listSpokenOf(reader, ids));
  const steps = byCase(await store.listSteps(reader, ids));
  const photos = byCase(await store.listPhotos(reader, ids));
  const placeOf = await whereaboutsOf(rows.map((row) => row.placePath));
  return rows.map((row) => ({
    row,
    spoken: spoken(row.id),
    steps: steps(row.id),
    photos: photos(row.id),
    place: placeOf(row.placePath),
  }));
}

function extended(
  { steps, photos }: Known,
  hops: readonly Hop[],
  { catalogue, origin }: Surroundings,
  category: Parameters<typeof attributesOf>[0],
): Record<string, Value> {
  const questions = attributesOf(category, catalogue);
  const answers = steps.flatMap(({ data }) => answersIn(data, questions));
  return {
    attributes: answers.map(({ attribute, chosen }) => ({
      code: attribute.code,
      description: attribute.description,
      values: chosen.map(({ key, name }) => ({ key, name })),
    })),
    extended_attributes: {
      photos: photos.map(({ id, alt }) => ({ media_url: pictureUrl(origin, id), title: alt })),
    },
    notes: hops.map((hop) => ({ datetime: w3c(hop.at), description: hopLine(hop), type: hop.event })),
  };
}

const pictureUrl = (origin: string, id: MediaId): string => `${origin}/media/${id}/${LARGEST}`;

function noticeOf({ state, dueProvisional }: store.PublishedRow): string {
  if (state === 'needs_info') return '正在等待诉求人补充情况，办理时限暂停。';
  return dueProvisional ? '办理时限按暂定的工作日历计算，放假安排公布后可能调整。' : '';
}

/** Staff's words as the public may read them; what stands in two places, such as an answer, is gone through once. */
function speaker(spoken: readonly Spoken[]): (text: string) => string {
  const said = new Map<string, string>([['', '']]);
  return (text) => {
    const shown = said.get(text) ?? staffWordsInPublic(text, spoken);
    said.set(text, shown);
    return shown;
  };
}

function entry(known: Known, surroundings: Surroundings): Value {
  const { row, spoken, steps, photos, place } = known;
  const category = categoryOf(row.category) ?? 'OTHER';
  const info = surroundings.catalogue.info[category];
  const out = answerIsOut(row.state);
  const staffWords = speaker(spoken);
  const hops = timelineOf(
    steps.map((step) => ({ ...step, publicText: staffWords(step.publicText) })),
    row.state,
  );
  const words = spoken.map(residentWordsInPublic).filter((each) => each !== null);
  const answer = out ? staffWords(row.answerText) : null;
  const street = info.publicPlace ? maskPublicText(spoken[0]?.address ?? '') : '';
  const lastStep = hops.at(-1)?.at ?? row.filedAt;
  const closed = statusOf(row.state) === 'closed';
  const [photo] = photos;
  return {
    service_request_id: row.number,
    status: statusOf(row.state),
    status_notes: statusNotes(row, answer, hops),
    service_name: info.label,
    service_code: category,
    description: words.length > 0 ? words.join('\n') : titleInPublic(row.publicTitle, spoken),
    agency_responsible: (out ? row.answerUnit : null) ?? row.unit,
    service_notice: noticeOf(row),
    requested_datetime: w3c(row.filedAt),
    updated_datetime: w3c(closed ? (row.closedAt ?? lastStep) : lastStep),
    // A clock that stands still promises nothing.
    expected_datetime: row.dueAt === null || row.state === 'needs_info' ? null : w3c(row.dueAt),
    address: place.address + street,
    address_id: place.addressId,
    zipcode: null,
    lat: place.centre?.lat ?? null,
    long: place.centre?.long ?? null,
    media_url: photo ? pictureUrl(surroundings.origin, photo.id) : null,
    ...(surroundings.extensions && extended(known, hops, surroundings, category)),
  };
}

const AT_ONCE = 50;

async function documentOf(rows: readonly store.PublishedRow[], params: URLSearchParams): Promise<Document> {
  const { origin } = await siteSettings();
  const surroundings = { catalogue: await catalogueAt(now()), origin, extensions: wantsExtensions(params) };
  const body: Value[] = [];
  for (let i = 0; i < rows.length; i += AT_ONCE) {
    // Hiding what tells who filed takes a while for a thousand: in between, others are answered.
    if (i > 0) await setImmediate();
    for (const known of await gather(rows.slice(i, i + AT_ONCE))) body.push(entry(known, surroundings));
  }
  return { root: 'service_requests', body };
}

const NONE = '没有找到这个编号的公开诉求：它可能还没有公开、不公开，或编号不对。';

async function named(numbers: readonly string[]): Promise<store.PublishedRow[]> {
  const rows = numbers.length === 0 ? [] : await store.listByNumber(reader, numbers);
  if (rows.length === 0) throw new AppError('not_found', '', { service_request_id: NONE });
  return rows;
}

/**
 * The published cases that a call asks for: by number, else by its filters. Throws `not_found` where none of the numbers is that of
 * a published case, the same for unknown, private and not yet published ones.
 */
export async function listRequests(params: URLSearchParams): Promise<Document> {
  const ids = readIds(params);
  const rows = ids ? await named(ids) : await store.listPublished(reader, readFilter(params, now()));
  return documentOf(rows, params);
}

/**
 * One published case. What was filed through these calls is no exception: a key tells which program asks, not which resident, so
 * until staff publish a case its number is `not_found` to everyone here. Its filer follows it by the number and the code that the
 * answer to the filing held.
 */
export async function getRequest(id: string, params: URLSearchParams): Promise<Document> {
  return documentOf(await named(readIds(new URLSearchParams({ service_request_id: id })) ?? []), params);
}
