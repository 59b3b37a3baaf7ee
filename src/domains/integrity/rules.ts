import { isOfficialHost } from '#core/tamper/hosts.ts';
import { findSpam, type Lexicon, shippedLexicon, warnsOfFraud } from '#core/tamper/lexicon.ts';
import { judge, type Signal, type Verdict } from '#core/tamper/verdict.ts';

/** What the settings say the site is: the only source of its names. */
export interface SiteIdentity {
  siteName: string;
  /** 主办单位 */
  owner: string;
  /** Hosts that a page may link to besides the official ones: its own, and those approved at the desk. */
  hosts: readonly string[];
  /** Local estates, streets and hotels that share a word with the lexicon. */
  pardoned: readonly string[];
}

/** What a served page shows, as far as tampering leaves traces in it. */
export interface PageFacts {
  title: string;
  crumbRoot: string | null;
  /** What the footer gives as 主办单位; null where the page has no footer. */
  footerOwner: string | null;
  /** Meta contents, link texts, picture texts, hidden texts and the visible text. */
  texts: readonly string[];
  hiddenForeignLinks: number;
  foreignHosts: readonly string[];
  foreignScripts: number;
}

type IdentityFault = 'title' | 'breadcrumb' | 'footer';

/** Whether a page bears the names that the settings give it. This needs no list of words, and acts alone. */
function findIdentityFaults(page: PageFacts, site: SiteIdentity): IdentityFault[] {
  const faults: IdentityFault[] = [];
  if (page.title !== site.siteName && !page.title.endsWith(` - ${site.siteName}`)) faults.push('title');
  if (page.crumbRoot !== null && page.crumbRoot !== '首页') faults.push('breadcrumb');
  if (page.footerOwner !== null && page.footerOwner !== site.owner) faults.push('footer');
  return faults;
}

export interface PageVerdict {
  verdict: Verdict;
  signals: Signal[];
  faults: IdentityFault[];
}

/** Judges one page: a wrong name blocks by itself, of the other signs it takes two. */
export function judgePage(
  page: PageFacts,
  site: SiteIdentity,
  lexicon: Lexicon = shippedLexicon(),
): PageVerdict {
  const faults = findIdentityFaults(page, site);
  const signals = new Set<Signal>();
  if (faults.length > 0) signals.add('site_name');
  const educational = page.texts.some(warnsOfFraud);
  const spam = [page.title, ...page.texts].some((text) => findSpam(text, lexicon, site.pardoned) !== null);
  if (spam && !educational) signals.add('lexicon');
  if (page.hiddenForeignLinks > 0) signals.add('hidden_node');
  if (page.foreignHosts.some((host) => !isOfficialHost(host, site.hosts))) signals.add('outbound_host');
  if (page.foreignScripts > 0) signals.add('script');
  return { verdict: judge(signals), signals: [...signals], faults };
}
