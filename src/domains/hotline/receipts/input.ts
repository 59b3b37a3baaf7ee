import { z } from 'zod';
import { code } from '#core/fields.ts';

export const SendReceipt = z.object({});
export const AskVerification = z.object({});
export const VerifyPhone = z.object({ code: code('短信验证码') });
