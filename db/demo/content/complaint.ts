import type { CaseEvent, Category, Kind, Party, State } from '#db/schema/hotline.values.ts';
import { sceneAlts } from './scenes.ts';
import type { DemoComplaint, DemoPhoto, DemoStep } from './types.ts';
import { units } from './units.ts';

const USUAL_PARTY: Partial<Record<CaseEvent, Party>> = {
  supply: 'complainant',
  confirm: 'complainant',
  dispute: 'complainant',
  withdraw: 'complainant',
  reopen: 'complainant',
  sign: 'handler',
  return: 'handler',
  answer: 'handler',
  contact: 'handler',
  askExtension: 'handler',
  followOk: 'operator',
  followBad: 'operator',
  signOff: 'inspector',
  lapse: 'system',
  giveUp: 'system',
  card: 'system',
};

/** One step of a case, by the party that usually takes it. */
export function step(
  event: CaseEvent,
  daysAgo: number,
  at: string,
  publicText: string,
  more: Partial<Pick<DemoStep, 'by' | 'internalText' | 'unit' | 'code'>> = {},
): DemoStep {
  return { event, daysAgo, at, by: USUAL_PARTY[event] ?? 'dispatcher', publicText, ...more };
}

type When = [daysAgo: number, at: string];

/** The three steps that most cases begin with: accepted, dispatched to the unit, signed for by it. */
export function begin(unit: string, accepted: When, dispatched?: When, signed?: When): DemoStep[] {
  const name = units.find((each) => each.key === unit)?.shortName ?? unit;
  const steps = [step('accept', ...accepted, '内容清楚，属于受理范围，予以受理。')];
  if (dispatched) steps.push(step('dispatch', ...dispatched, `派${name}办理。`, { unit }));
  if (signed) steps.push(step('sign', ...signed, `${name}已签收，安排人员到现场。`, { unit }));
  return steps;
}

/** A picture of the matter as the resident found it, or as the unit left it. */
export function before(scene: keyof typeof sceneAlts, shown = true): DemoPhoto {
  return { scene, alt: sceneAlts[scene], when: 'before', public: shown };
}

export function after(scene: keyof typeof sceneAlts): DemoPhoto {
  return { scene, alt: sceneAlts[scene], when: 'after', public: true };
}

type Rest = Partial<
  Pick<
    DemoComplaint,
    'title' | 'channel' | 'secrecy' | 'name' | 'phone' | 'shareContact' | 'published' | 'photos' | 'rating'
  >
>;

/** A complaint with what is usual filled in: filed on the web, open, its words not yet approved for the public. */
export function complaint(
  key: string,
  [category, kind, state]: [Category, Kind, State],
  [place, address]: [string, string],
  [daysAgo, at]: When,
  body: string,
  summary: string,
  history: DemoStep[],
  rest: Rest = {},
): DemoComplaint {
  return {
    key,
    category,
    kind,
    state,
    place,
    address,
    daysAgo,
    at,
    body,
    summary,
    history,
    channel: 'web',
    secrecy: 'open',
    shareContact: false,
    published: false,
    ...rest,
  };
}
