export type PersonalKind = 'id' | 'bank' | 'phone' | 'email' | 'plate' | 'account' | 'house' | 'name';

/** A stretch of text that tells who or where somebody is. `start` and `end` count UTF-16 units, like `slice`. */
export interface Finding {
  kind: PersonalKind;
  start: number;
  end: number;
  text: string;
}
