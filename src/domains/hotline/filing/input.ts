import { z } from 'zod';
import { checkbox, choice, degrees, mobile, multiline, text } from '#core/fields.ts';
import { CATEGORIES, SECRECIES } from '#db/schema/hotline.values.ts';
import type { PlaceId } from '#db/schema/ids.ts';

/** What people who do not know their community choose: an answer, not an omission. */
export const UNKNOWN_PLACE = 'unknown';

const place = z.preprocess(
  (value) => (typeof value === 'string' ? value.trim() : ''),
  z.string().transform((value, ctx): PlaceId | typeof UNKNOWN_PLACE | null => {
    if (value === '') return null;
    if (value === UNKNOWN_PLACE) return UNKNOWN_PLACE;
    if (/^\d{1,12}$/.test(value)) return Number(value) as PlaceId;
    ctx.addIssue({ code: 'custom', message: '请重新选择所在社区' });
    return z.NEVER;
  }),
);

const STEPS = ['submit', 'preview'] as const;

// Looked at also where other fields are wrong: everything that is to be put right is said at once.
const at = (field: string, message: string) => ({ path: [field], message, when: () => true });

/** The form of `/hotline/new`, its fields as they stand there: errors are told in this order. */
export const FileComplaint = z
  .object({
    body: multiline('要反映的事情', { min: 2, max: 4000 }),
    category: choice('类别', CATEGORIES, 'OTHER'),
    title: text('标题', { max: 60, optional: true }),
    place,
    address: text('具体位置', { max: 120, optional: true }),
    lat: degrees(90),
    lng: degrees(180),
    name: text('姓名', { max: 30, optional: true }),
    phone: mobile('联系电话', { optional: true }),
    callBack: checkbox(),
    shareContact: checkbox(),
    secrecy: choice('公开方式', SECRECIES, 'open'),
    agree: checkbox(),
    step: choice('步骤', STEPS, 'submit'),
  })
  .refine((sent) => !/^\S+@\S+\.\S+$/.test(sent.title), at('title', '标题请写事情，不要写电子邮箱'))
  .refine(
    (sent) => sent.place !== null || sent.address !== '',
    at('place', '请选择所在社区，或写出具体位置；不清楚就选「不清楚属于哪个社区」'),
  )
  .refine((sent) => !sent.callBack || sent.phone !== '', at('phone', '要我们回电，请留下联系电话'))
  .refine((sent) => sent.step === 'preview' || sent.agree, at('agree', '请先阅读并勾选《个人信息处理说明》'));
export type FileComplaint = z.output<typeof FileComplaint>;

/** For those who would rather speak: a number to be called, nothing to be written. */
export const RequestCallBack = z.object({
  phone: mobile('联系电话'),
  name: text('怎么称呼您', { max: 30, optional: true }),
  agree: checkbox('请先阅读并勾选《个人信息处理说明》'),
});
export type RequestCallBack = z.output<typeof RequestCallBack>;
