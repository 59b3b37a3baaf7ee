import { AppError } from '#core/errors.ts';
import { onPurge } from '#core/tags.ts';
import { listCommunities, listUnits } from '#domains/places/service.ts';
import { setting, siteSettings } from '#domains/settings/service.ts';

/** Whether complaints are taken in, and the telephone that always is. */
export interface Intake {
  open: boolean;
  phone: string;
  hours: string;
}

// What has once been set up stays so until the site's description changes.
let ready = false;

onPurge((tags) => {
  if (tags.includes('site')) ready = false;
});

async function isReady(): Promise<boolean> {
  const site = await siteSettings();
  const retention = await setting('retention');
  const described = site.name !== '' && site.hotlineNumber !== '' && (retention.confirmed || site.demo);
  return described && (await listCommunities()).length > 0 && (await listUnits()).length > 0;
}

/**
 * Whether the form is open: only once the city has said who it is, how it is reached by telephone, how long it keeps
 * personal data, and has entered places and units to give cases to.
 */
export async function intake(): Promise<Intake> {
  const site = await siteSettings();
  ready ||= await isReady();
  return { open: ready, phone: site.hotlineNumber, hours: site.hotlineHours };
}

/** Throws `unavailable`, with the telephone, while the form is closed. */
export async function assertIntakeOpen(): Promise<void> {
  const { open, phone } = await intake();
  if (open) return;
  const instead = phone ? `请拨打热线电话 ${phone}` : '请拨打 12345';
  throw new AppError('unavailable', `网上提交还没有开通，刚才的没有提交成功。${instead}。`, {}, 3600);
}
