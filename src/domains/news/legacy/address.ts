interface Form {
  system: string;
  pattern: RegExp;
}

/** Address forms of the systems that old sites of this kind ran on, most particular first. */
const FORMS: readonly Form[] = [
  { system: 'trs', pattern: /\/\d{6}\/t(?<y>\d{4})(?<m>\d\d)(?<d>\d\d)_\d+\.s?html?$/u },
  { system: 'gov.cn', pattern: /\/\d{6}\/content_\d+\.html?$/u },
  { system: 'nfcms', pattern: /\/content\/post_\d+\.html$/u },
  { system: 'kaipu', pattern: /\/c\d+\/c\d+\/content\.html$/u },
  { system: 'vsb', pattern: /\/info\/\d+\/\d+\.html?$/u },
  { system: 'jcms', pattern: /\/art\/(?<y>\d{4})\/(?<m>\d{1,2})\/(?<d>\d{1,2})\/art_[\d_]+\.html$/u },
  { system: 'xinhua', pattern: /\/(?<y>\d{4})-(?<m>\d\d)\/(?<d>\d\d)\/c_\d+\.html?$/u },
];

export interface LegacyAddress {
  system: string;
  /** The day that the address itself states, `YYYY-MM-DD`. */
  day: string | null;
}

function dayOf(groups: Record<string, string> | undefined): string | null {
  if (!groups?.y) return null;
  const day = `${groups.y}-${(groups.m ?? '').padStart(2, '0')}-${(groups.d ?? '').padStart(2, '0')}`;
  return Number.isNaN(Date.parse(day)) ? null : day;
}

/** Recognises the article addresses of common old systems; null for anything else. */
export function recogniseAddress(address: string): LegacyAddress | null {
  const path = address.replace(/[?#].*$/su, '');
  for (const { system, pattern } of FORMS) {
    const match = pattern.exec(path);
    if (match) return { system, day: dayOf(match.groups) };
  }
  return null;
}

/** The day in the name of a TRS picture (`W20140702…`), `YYYY-MM-DD`, or null. */
export function pictureDay(name: string): string | null {
  const match = /(?:^|\/)[wp]0?(?<y>(?:19|20)\d\d)(?<m>\d\d)(?<d>\d\d)\d{9,15}\.\w+$/iu.exec(name);
  return dayOf(match?.groups);
}
