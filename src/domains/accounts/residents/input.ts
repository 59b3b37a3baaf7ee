import { z } from 'zod';
import { checkbox, code, idField, mobile } from '#core/fields.ts';
import type { PlaceId } from '#db/schema/ids.ts';

export const AskCode = z.object({ phone: mobile('手机号') });

export const EnterByCode = z.object({
  phone: mobile('手机号'),
  code: code('验证码'),
  publicComputer: checkbox(),
});
export type EnterByCode = z.output<typeof EnterByCode>;

export const ChosenCommunity = z.object({ community: idField<PlaceId>('社区', { optional: true }) });
