import { honoredGroups } from './honors-groups.ts';
import { goodPeople } from './honors-people.ts';
import type { DemoHonor } from './types.ts';

/** Everyone and everything on the city's rolls. */
export const honors: readonly DemoHonor[] = [...goodPeople, ...honoredGroups];
