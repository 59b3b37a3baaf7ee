declare const brand: unique symbol;

/** A value that only its own kind may stand in for: an article's id is no case's id. */
export type Brand<T, B extends string> = T & { readonly [brand]: B };

export type PlaceId = Brand<number, 'PlaceId'>;
export type UnitId = Brand<number, 'UnitId'>;
export type DutyAreaId = Brand<number, 'DutyAreaId'>;
export type DutyAssignmentId = Brand<number, 'DutyAssignmentId'>;
export type AccountId = Brand<number, 'AccountId'>;
export type ResidentId = Brand<number, 'ResidentId'>;
export type MediaId = Brand<string, 'MediaId'>;
export type MessageId = Brand<number, 'MessageId'>;
export type ArticleId = Brand<number, 'ArticleId'>;
export type TopicId = Brand<number, 'TopicId'>;
export type ComplaintId = Brand<number, 'ComplaintId'>;
export type CaseId = Brand<number, 'CaseId'>;
export type HonorId = Brand<number, 'HonorId'>;
export type HonoreeId = Brand<number, 'HonoreeId'>;
export type PublicityId = Brand<number, 'PublicityId'>;
export type NoticeId = Brand<number, 'NoticeId'>;
export type NoticeVisitId = Brand<number, 'NoticeVisitId'>;
