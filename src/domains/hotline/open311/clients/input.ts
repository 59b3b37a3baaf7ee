import { z } from 'zod';
import { text } from '#core/fields.ts';

export const IssueKey = z.object({ name: text('使用方名称', { max: 40 }) });

export const RevokeKey = z.object({ key: text('密钥', { max: 60 }) });
