import { z } from 'zod';
import { ChosenPassword, codeText, password } from '../sign-in/input.ts';

export const ChangePassword = z.object({ current: password('现在的密码'), ...ChosenPassword.shape });
export type ChangePassword = z.output<typeof ChangePassword>;

export const Enrol = z.object({ secret: z.string(), code: codeText(false) });

export const DropTotp = z.object({ current: password('现在的密码') });
