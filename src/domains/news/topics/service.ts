import type { Actor } from '#core/actor.ts';
import { AppError, found } from '#core/errors.ts';
import { can, permit } from '#core/permissions.ts';
import { reader } from '#core/store.ts';
import { write } from '#core/write.ts';
import type { TopicId } from '#db/schema/ids.ts';
import { type Page, paged } from '../paging.ts';
import type { Listed } from '../store.ts';
import * as store from './store.ts';

export interface TopicSummary {
  id: TopicId;
  name: string;
  summary: string;
  closedAt: Date | null;
  articles: number;
  newest: Date | null;
}

/** The topics that have something to read, the newest first. */
export async function listTopics(): Promise<TopicSummary[]> {
  const counts = new Map((await store.countTopics(reader)).map((row) => [row.topic, row]));
  const rows = await store.listTopics(reader);
  return rows.flatMap(({ id, name, summary, closedAt }) => {
    const count = counts.get(name);
    return count ? [{ id, name, summary, closedAt, articles: count.n, newest: count.newest }] : [];
  });
}

/** A topic with a page of its articles. */
export async function readTopic(
  id: number,
  page: number,
): Promise<{ topic: store.TopicRow; list: Page<Listed> }> {
  const topic = found(
    Number.isSafeInteger(id) ? await store.findTopic(reader, { id: id as TopicId }) : null,
    '没有这个专题。',
  );
  const total = (await store.countTopics(reader)).find((row) => row.topic === topic.name)?.n ?? 0;
  if (total === 0) throw new AppError('not_found', '这个专题还没有内容。');
  const list = await paged(total, page, (limit, offset) =>
    store.listTopicArticles(reader, topic.name, limit, offset),
  );
  return { topic, list };
}

/** The topics, for the newsroom: those without articles too. */
export async function listDeskTopics(actor: Actor): Promise<store.TopicRow[]> {
  if (!can(actor, 'news:publish')) permit(actor, 'news:write');
  return store.listTopics(reader);
}

/** Names, describes or closes a topic; its articles keep with it. */
export async function saveTopic(
  actor: Actor,
  id: TopicId,
  input: { name: string; summary: string; closed: boolean },
): Promise<void> {
  permit(actor, 'news:publish');
  await write(actor, 'news.topic', async (tx, to) => {
    const before = found(await store.findTopic(tx, { id }), '没有这个专题。');
    const closedAt = input.closed ? (before.closedAt ?? to.at) : null;
    await store.updateTopic(tx, id, before.name, { name: input.name, summary: input.summary, closedAt });
    to.note('topic', id, { fields: ['name', 'summary'], to: { closed: input.closed ? 1 : 0 } });
    to.touch(`topic:${id}`, 'news', 'column:topics');
    to.answer('/staff/news/topics?saved=1');
  });
}
