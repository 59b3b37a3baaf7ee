import { system } from '#core/actor.ts';
import { write } from '#core/write.ts';
import type { Role } from '#db/schema/accounts.values.ts';
import type { Party } from '#db/schema/hotline.values.ts';
import { indexCommunities } from '#domains/search/communities/service.ts';
import { SETTINGS } from '#domains/settings/input.ts';
import { putSetting } from '#domains/settings/service.ts';
import { putMeta } from '#domains/settings/store.ts';
import { loadAccounts, prepareAccounts } from './accounts.ts';
import { complaints } from './content/complaints.ts';
import { about, accessibility, hotlinePromise, privacyPolicy, settings } from './content/settings.ts';
import { loadHonors } from './honors.ts';
import { loadComplaints } from './hotline.ts';
import { loadNews, prepareNews } from './news.ts';
import { beginScenes } from './pictures.ts';
import { loadGround } from './places.ts';

const DEMO = system('demo');

/** Which member of staff acts in which capacity; residents and the clock act as themselves. */
const SEAT: Readonly<Partial<Record<Party, Role>>> = {
  operator: 'operator',
  dispatcher: 'dispatcher',
  handler: 'handler',
  inspector: 'inspector',
};

/**
 * Loads the demonstration city, every date counted back from `today` (a Beijing day), and marks the store as a
 * demonstration for good.
 */
export async function loadDemonstration(today: string): Promise<void> {
  beginScenes(complaints.flatMap(({ photos = [] }) => photos.map(({ scene }) => scene)));
  const prepared = await prepareAccounts();
  const news = await prepareNews(today);
  const { ground, staff } = await write(DEMO, 'demo.ground', async (tx, change) => {
    await putMeta(tx, 'demo', '1');
    await putSetting(
      tx,
      change,
      'site',
      {
        ...SETTINGS.site.fallback,
        name: settings.siteName,
        slogan: settings.siteSlogan,
        description: settings.siteDescription,
        region: settings.region,
        organiser: settings.sponsor,
        undertaker: settings.organizer,
        techSupport: settings.technicalSupport,
        hotlineHours: settings.hotlineHours,
        address: settings.officeAddress,
        officeHours: settings.officeHours,
        copyright: settings.copyright,
      },
      DEMO,
    );
    await putSetting(tx, change, 'promise', { body: hotlinePromise.join('\n') }, DEMO);
    await putSetting(tx, change, 'about', { body: about }, DEMO);
    await putSetting(tx, change, 'privacy', { body: privacyPolicy }, DEMO);
    await putSetting(tx, change, 'accessibility', { body: accessibility }, DEMO);
    await putSetting(tx, change, 'retention', { ...SETTINGS.retention.fallback, confirmed: true }, DEMO);
    const ground = await loadGround(tx, change, today);
    const staff = await loadAccounts(tx, change, ground, prepared);
    await loadHonors(tx, change, ground, today);
    return { ground, staff };
  });
  await write(DEMO, 'demo.news', (tx, change) => loadNews(tx, change, news));
  await loadComplaints(today, ground, (by) => {
    const role = SEAT[by];
    return (role && staff.get(role)) ?? DEMO;
  });
  await indexCommunities();
  await write(DEMO, 'demo.done', async (tx, change) => {
    await putMeta(tx, 'filled', 'demo');
    change.note('store', 'demo');
  });
}
