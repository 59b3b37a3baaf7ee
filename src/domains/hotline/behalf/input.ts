import { z } from 'zod';
import { checkbox, choice } from '#core/fields.ts';
import { KINDS } from '#db/schema/hotline.values.ts';
import { FileComplaint } from '../filing/input.ts';

/** How a matter reached the desk. */
export const DESK_CHANNELS = ['phone', 'onsite', 'letter'] as const;

/** For whom it is filed: somebody who gives his name, somebody who does not, or the staff member himself. */
export const FILERS = ['named', 'anonymous', 'self'] as const;
export type FilerKind = (typeof FILERS)[number];

export const FILER_LABEL: Readonly<Record<FilerKind, string>> = {
  named: '诉求人实名',
  anonymous: '诉求人匿名',
  self: '我自己发现的',
};

const { category, title, body, place, address, name, phone, secrecy, shareContact, callBack } =
  FileComplaint.shape;

const at = (field: string, message: string) => ({ path: [field], message, when: () => true });

/** What is taken down at the desk for a caller, a visitor or a writer of letters. */
export const FileOnBehalf = z
  .object({
    channel: choice('来源', DESK_CHANNELS, 'phone'),
    filer: choice('登记身份', FILERS, 'named'),
    kind: choice('诉求类型', KINDS, 'complaint'),
    category,
    title,
    body,
    place,
    address,
    name,
    phone,
    secrecy,
    shareContact,
    callBack,
    sendNumber: checkbox(),
    agree: checkbox(),
  })
  .refine(
    (sent) => sent.place !== null || sent.address !== '',
    at('place', '请选择所在社区，或写出具体位置；不清楚就选「不清楚属于哪个社区」'),
  )
  .refine((sent) => sent.filer !== 'named' || sent.name !== '' || sent.phone !== '', {
    ...at('name', '请写姓名或电话；不愿留名的选「诉求人匿名」'),
  })
  .refine(
    (sent) => sent.filer !== 'named' || sent.agree,
    at('agree', '请先向诉求人说明个人信息的用途，取得同意后打勾'),
  )
  .refine(
    (sent) => sent.filer !== 'named' || !sent.callBack || sent.phone !== '',
    at('phone', '要回电，请记下联系电话'),
  );
export type FileOnBehalf = z.output<typeof FileOnBehalf>;
