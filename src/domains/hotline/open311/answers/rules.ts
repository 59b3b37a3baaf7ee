import { many, type Problems } from '../arguments.ts';
import { parseMoment } from '../instants.ts';
import type { Attribute, Choice } from '../services/rules.ts';

/** What was answered to one question: choices of its list, or a text. */
export interface Answered {
  attribute: Attribute;
  chosen: readonly Choice[];
  text: string;
}

const MOST_CHARACTERS = 500;

/** The values that were sent for a question, in either way of writing its name. */
function sentFor(code: string, fields: URLSearchParams): string[] {
  return [...many(fields, `attribute[${code}]`), ...many(fields, `attribute[${code}][]`)];
}

const CHECKS: Readonly<Record<Attribute['datatype'], (text: string) => string | null>> = {
  string: (text) => (text.includes('\n') ? '请写在一行内' : null),
  text: () => null,
  number: (text) => (/^[+-]?\d{1,15}(\.\d{1,10})?$/.test(text) ? null : '应为数字'),
  datetime: (text) => (parseMoment(text) ? null : '应为 W3C 日期时间，例如 2026-03-05T09:30:00+08:00'),
  singlevaluelist: () => null,
  multivaluelist: () => null,
};

function read(attribute: Attribute, sent: readonly string[], problems: Problems): Answered {
  const name = `attribute[${attribute.code}]`;
  if (attribute.values.length > 0) {
    const chosen = attribute.values.filter(({ key }) => sent.includes(key));
    if (chosen.length < new Set(sent).size) {
      problems.add(name, `应为 ${attribute.values.map(({ key }) => key).join('、')} 之一`);
    }
    if (chosen.length > 1 && attribute.datatype === 'singlevaluelist') problems.add(name, '只能选一个');
    return { attribute, chosen, text: '' };
  }
  const text = sent.join('\n');
  const problem =
    [...text].length > MOST_CHARACTERS ? `最多 ${MOST_CHARACTERS} 个字` : CHECKS[attribute.datatype](text);
  if (problem) problems.add(name, problem);
  return { attribute, chosen: [], text };
}

/** The answers to a category's questions. What a client adds of its own accord is left out; what is missing or wrong is a problem. */
export function readAnswers(
  questions: readonly Attribute[],
  fields: URLSearchParams,
  problems: Problems,
): Answered[] {
  return questions
    .filter(({ variable }) => variable)
    .flatMap((attribute) => {
      const sent = sentFor(attribute.code, fields);
      if (sent.length > 0) return read(attribute, sent, problems);
      if (attribute.required) problems.add(`attribute[${attribute.code}]`, '缺少这个必填的参数');
      return [];
    });
}

/** The answers in words, for those who handle the matter. */
export function answersInWords(answers: readonly Answered[]): string[] {
  return answers.map(
    ({ attribute, chosen, text }) =>
      `${attribute.description}${chosen.length > 0 ? chosen.map(({ name }) => name).join('、') : text}`,
  );
}

const PREFIX = 'attribute.';

/** The choices as codes, to be kept with the step; texts are words and stand elsewhere. */
export function answerCodes(answers: readonly Answered[]): Record<string, string> {
  const choices = answers.filter(({ chosen }) => chosen.length > 0);
  return Object.fromEntries(
    choices.map(({ attribute, chosen }) => [
      `${PREFIX}${attribute.code}`,
      chosen.map(({ key }) => key).join(' '),
    ]),
  );
}

/** The choices that were kept with a step, as far as the category still asks for them. */
export function answersIn(
  data: Readonly<Record<string, string | number | null>>,
  questions: readonly Attribute[],
): { attribute: Attribute; chosen: Choice[] }[] {
  return questions.flatMap((attribute) => {
    const keys = String(data[`${PREFIX}${attribute.code}`] ?? '').split(' ');
    const chosen = attribute.values.filter(({ key }) => keys.includes(key));
    return chosen.length === 0 ? [] : [{ attribute, chosen }];
  });
}
