import { z } from 'zod';
import { checkbox, choice, idField, integer, mobile, multiline, text } from '#core/fields.ts';
import type { NoticeId, PlaceId, UnitId } from '#db/schema/ids.ts';
import { MATTERS, RESPONSIBLE_KINDS } from '#db/schema/rectification.values.ts';

export const WORDS_MAX = 400;
// Both copies stand on one sheet, whatever was written: half a page of A4 holds this much.
export const DESCRIPTION_MAX = 300;
export const LINE_MAX = 80;
export const DEMAND_MAX = 160;
export const MOST_PHOTOS = 4;
export const LONGEST_LIMIT = 60;

// A draft may be unfinished: what it lacks is asked for when it is issued.
const later = { optional: true } as const;

/** What stands in a notice, as its form sends it. */
export const NoticeDraft = z.object({
  matter: choice('事项', MATTERS),
  placeId: idField<PlaceId>('所在社区'),
  point: text('点位', { max: LINE_MAX, ...later }),
  legalBasis: text('依据', { max: LINE_MAX, ...later }),
  clause: text('条款', { max: LINE_MAX, ...later }),
  description: multiline('问题描述', { max: DESCRIPTION_MAX, ...later }),
  demand: multiline('整改要求', { max: DEMAND_MAX, ...later }),
  issuerUnitId: idField<UnitId>('开具单位', later),
  partyKind: choice('责任方类型', RESPONSIBLE_KINDS),
  partyName: text('责任方名称', { max: 60, ...later }),
  partyAddress: text('责任方地址', { max: LINE_MAX, ...later }),
  partyPhone: mobile('责任方手机', later),
  partyUnitId: idField<UnitId>('本市单位', later),
  lookBack: checkbox(),
  ownLimit: integer('整改期限', { min: 0, max: LONGEST_LIMIT, optional: true }),
  action: choice('要做什么', ['save', 'issue'], 'save'),
});
export type NoticeDraft = Omit<z.output<typeof NoticeDraft>, 'action'>;

/** Which notice a form speaks of, and as of which version its sender saw it. */
export const NoticeRef = z.object({
  id: idField<NoticeId>('通知单'),
  version: integer('版本', { min: 1 }),
});
export interface NoticeRef {
  id: NoticeId;
  version: number | null;
}

export const EditDraft = NoticeDraft.extend(NoticeRef.shape);

export const IssueNotice = NoticeRef;

export const VoidNotice = NoticeRef.extend({ reason: multiline('作废原因', { min: 4, max: WORDS_MAX }) });
export type VoidNotice = z.output<typeof VoidNotice>;
