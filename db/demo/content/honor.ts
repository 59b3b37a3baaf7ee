import type { HonorClass, HonoreeSubject, HonorKind } from '#db/schema/honors.values.ts';
import { sceneAlts } from './scenes.ts';
import type { DemoHonor } from './types.ts';

type Roll = [kind: HonorKind, subject: HonoreeSubject, monthsAgo: number];
type Who = [name: string, place: string, scene: keyof typeof sceneAlts];

/** An honour with its picture described. */
export function honor(
  key: string,
  [kind, subject, monthsAgo]: Roll,
  [name, place, scene]: Who,
  deeds: string,
  story: string,
): DemoHonor {
  return { key, kind, subject, monthsAgo, name, place, scene, sceneAlt: sceneAlts[scene], deeds, story };
}

/** One of the month's good people. */
export function goodPerson(
  key: string,
  kind: HonorClass,
  monthsAgo: number,
  who: Who,
  deeds: string,
  story: string,
): DemoHonor {
  return { ...honor(key, ['goodPeople', 'person', monthsAgo], who, deeds, story), class: kind };
}
