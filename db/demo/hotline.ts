import { type Actor, system } from '#core/actor.ts';
import { beijingDay, now, setClock } from '#core/clock.ts';
import { found } from '#core/errors.ts';
import { fingerprint, seal } from '#core/secrets.ts';
import { write } from '#core/write.ts';
import type { CaseId, ComplaintId, MediaId } from '#db/schema/ids.ts';
import { currentCalendar } from '#domains/calendar/service.ts';
import { takeStep } from '#domains/hotline/cases/step.ts';
import { findCaseById, updateCase } from '#domains/hotline/cases/store.ts';
import { dueFor, limitsOn } from '#domains/hotline/clocks.ts';
import { openCase } from '#domains/hotline/filing/service.ts';
import { insertPhotos } from '#domains/hotline/filing/store.ts';
import { titleFrom } from '#domains/hotline/numbers.ts';
import { indexPublished } from '#domains/hotline/publication/service.ts';
import { listPhotos, listSpoken, updatePhotoState, updateWords } from '#domains/hotline/publication/store.ts';
import { mayBePublic } from '#domains/hotline/rules.ts';
import { adoptMedia, insertMedia, showMedia } from '#domains/media/service.ts';
import { prepareIndex } from '#domains/search/service.ts';
import { policyVersion } from '#domains/settings/service.ts';
import { complaints } from './content/complaints.ts';
import type { DemoComplaint, DemoPhoto, DemoStep } from './content/types.ts';
import { changeOf, publicTextOf } from './hotline-steps.ts';
import { instantOf } from './moments.ts';
import { makeScene } from './pictures.ts';
import type { Ground } from './places.ts';

const DEMO = system('demo');
const MINUTE = 60_000;

/** The staff who act in the demonstration, by the capacity in which they do. */
export type Cast = (by: DemoStep['by']) => Actor;

interface Filed {
  caseId: CaseId;
  complaintId: ComplaintId;
}

interface Scene {
  at: Date;
  play: () => Promise<void>;
}

class Teller {
  readonly filed = new Map<string, Filed>();
  /** Pictures that staff approved for the public. */
  readonly #open = new Set<MediaId>();
  readonly #ground: Ground;
  readonly #cast: Cast;

  constructor(ground: Ground, cast: Cast) {
    this.#ground = ground;
    this.#cast = cast;
  }

  /** Files one complaint with the pictures that came with it. */
  async file(told: DemoComplaint): Promise<void> {
    const version = await policyVersion('privacy');
    const calendar = await currentCalendar();
    const at = now();
    const pictures = (told.photos ?? []).filter((photo) => photo.when === 'before');
    const rows = await this.#picture(pictures);
    const clock = dueFor(calendar, at, { ...told, urgency: 'ordinary' }, limitsOn(beijingDay(at)));
    const filed = await write(DEMO, 'demo.file', async (tx, change) => {
      await insertMedia(tx, rows);
      return openCase(
        tx,
        change,
        {
          channel: told.channel,
          kind: told.kind,
          category: told.category,
          title: told.title ?? titleFrom(told.body),
          body: told.body,
          placeId: this.#ground.place(told.place).id,
          address: told.address,
          lat: null,
          lng: null,
          secrecy: told.secrecy,
          shareContact: told.shareContact,
          callBack: false,
          nameSealed: told.name ? seal(told.name) : null,
          phoneSealed: told.phone ? seal(told.phone) : null,
          phoneHash: told.phone ? fingerprint(told.phone) : null,
          phoneVerifiedAt: told.phone && told.published ? at : null,
          residentId: null,
          filedBy: null,
          consents: told.secrecy === 'open' ? ['process', 'publish'] : ['process'],
          policyVersion: version,
          photoIds: rows.map((row) => row.id),
          quota: { perDay: 1000, per30Days: 1000 },
        },
        clock,
      );
    });
    this.filed.set(told.key, filed);
  }

  /** Takes one step of a case, with the unit's pictures where it answers. */
  async step(told: DemoComplaint, step: DemoStep): Promise<void> {
    const { caseId, complaintId } = this.#known(told.key);
    const calendar = await currentCalendar();
    const pictures =
      step.event === 'answer' ? (told.photos ?? []).filter((photo) => photo.when === 'after') : [];
    const rows = await this.#picture(pictures);
    const unitId = step.unit ? this.#ground.unit(step.unit).id : null;
    const into = step.event === 'merge' && step.code ? this.#known(step.code).caseId : null;
    await write(DEMO, 'demo.step', async (tx, change) => {
      const row = found(await findCaseById(tx, caseId));
      const limits = limitsOn(beijingDay(row.filedAt));
      const past = { complaint: told, step, row, at: change.at, calendar, limits, unitId, into };
      await takeStep(tx, change, row, this.#cast(step.by), {
        event: step.event,
        as: step.by,
        unitId:
          unitId ??
          (step.event === 'approve' ? row.answerUnitId : step.by === 'handler' ? row.leadUnitId : null),
        ...(step.by === 'complainant' ? { complaintId } : {}),
        publicText: publicTextOf(step, row),
        internalText: step.internalText ?? '',
        ...(step.code ? { data: { code: step.code } } : {}),
        set: changeOf(past),
      });
      if (rows.length > 0) {
        await insertMedia(tx, rows);
        const ids = rows.map((each) => each.id);
        await insertPhotos(tx, await adoptMedia(tx, ids, { state: 'private', purpose: 'handling' }), {
          caseId,
          complaintId: null,
          stage: 'after',
          at: change.at,
        });
      }
    });
  }

  /** Puts a case on the public ledger as staff did: their line, and words and pictures where they approved them. */
  async publish(told: DemoComplaint): Promise<void> {
    const { caseId } = this.#known(told.key);
    await prepareIndex();
    await write(DEMO, 'demo.publish', async (tx, change) => {
      const row = found(await findCaseById(tx, caseId));
      const shown = await updateCase(tx, row, {
        publication: 'published',
        publicTitle: told.summary,
        publishedAt: row.acceptedAt ?? change.at,
      });
      if (told.published) {
        for (const spoken of await listSpoken(tx, caseId))
          await updateWords(tx, spoken, { wordsPublic: 'published' });
        for (const photo of await listPhotos(tx, caseId)) {
          if (!this.#open.has(photo.mediaId)) continue;
          await updatePhotoState(tx, photo.id, 'published');
          await showMedia(tx, [photo.mediaId]);
        }
      }
      await indexPublished(tx, shown);
      change.note('case', caseId, { to: { publication: 'published' } });
      change.touch('cases');
    });
  }

  async #picture(photos: readonly DemoPhoto[]) {
    const rows = await Promise.all(photos.map(({ scene, alt }) => makeScene(scene, alt)));
    for (const [n, row] of rows.entries()) if (photos[n]?.public) this.#open.add(row.id);
    return rows;
  }

  #known(key: string): Filed {
    return found(this.filed.get(key), `the demonstration refers to the complaint ${key} before it was filed`);
  }
}

const KEPT_BACK = new Set<DemoComplaint['state']>(['filed', 'refused', 'withdrawn', 'needs_info']);

/** Lives through the complaints of the past in the order in which everything happened. */
export async function loadComplaints(today: string, ground: Ground, cast: Cast): Promise<void> {
  const teller = new Teller(ground, cast);
  const latest = new Date(Date.now() - MINUTE);
  const scenes: Scene[] = complaints.flatMap((told) => {
    let at = instantOf(told, today, latest);
    const steps = told.history.map((step) => {
      at = new Date(Math.max(instantOf(step, today, latest).getTime(), at.getTime()));
      return { at, play: () => teller.step(told, step) };
    });
    return [{ at: instantOf(told, today, latest), play: () => teller.file(told) }, ...steps];
  });
  scenes.sort((a, b) => a.at.getTime() - b.at.getTime());
  try {
    for (const scene of scenes) {
      setClock(() => scene.at);
      await scene.play();
    }
    setClock(() => latest);
    for (const told of complaints) {
      if (mayBePublic(told) && !KEPT_BACK.has(told.state)) await teller.publish(told);
    }
  } finally {
    setClock(null);
  }
}
