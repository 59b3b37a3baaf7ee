import { AppError } from '#core/errors.ts';
import { isCityOpen } from '#domains/accounts/setup/service.ts';
import { siteSettings } from '#domains/settings/service.ts';

/** Whether complaints are taken in, and the telephone that always is. */
export interface Intake {
  open: boolean;
  phone: string;
  hours: string;
}

/**
 * Whether the form is open: only once the city has said who it is, how it is reached by telephone, how long it keeps
 * personal data, and has entered places, units and people to give cases to.
 */
export async function intake(): Promise<Intake> {
  const site = await siteSettings();
  return { open: await isCityOpen(), phone: site.hotlineNumber, hours: site.hotlineHours };
}

/** Throws `unavailable`, with the telephone, while the form is closed. */
export async function assertIntakeOpen(): Promise<void> {
  const { open, phone } = await intake();
  if (open) return;
  const instead = phone ? `请拨打热线电话 ${phone}` : '请拨打 12345';
  throw new AppError('unavailable', `网上提交还没有开通，刚才的没有提交成功。${instead}。`, {}, 3600);
}
