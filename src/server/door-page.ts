import { createHash } from 'node:crypto';
import { type Head, policyWithStyle } from './headers.ts';

interface Text {
  readonly title: string;
  readonly what: string;
  readonly next: string;
}

/** What the door says itself, where no page of the site can: too early, too late, or while rendering does not work. */
const TEXTS = {
  400: {
    title: '网址有误',
    what: '这个网址无法识别。',
    next: '请检查网址，或从首页重新进入。',
  },
  403: {
    title: '没有接收这次提交',
    what: '这次提交不是从本站页面发出的，为保护您的信息没有接收。',
    next: '请回到本站页面重新填写并提交；若在其他应用里打开，请换用手机自带的浏览器。',
  },
  404: {
    title: '没有找到这个页面',
    what: '网址可能有误，或者内容已被移走。',
    next: '请检查网址，或从首页重新进入。',
  },
  405: {
    title: '不支持这种操作',
    what: '这个网址不接收这种请求，没有任何内容被改动。',
    next: '请从首页重新进入。',
  },
  408: {
    title: '上传中断',
    what: '太久没有收到数据，这次提交没有完成。',
    next: '请检查网络后重新提交，照片较多时可以分几次上传。',
  },
  413: {
    title: '提交的内容太大',
    what: '这次提交超过了可接收的大小，没有保存。',
    next: '请减少照片数量或压缩后，返回上一页重新提交。',
  },
  421: {
    title: '网址不属于本站',
    what: '本站不在这个网址提供服务。',
    next: '请核对网址后重新打开。',
  },
  429: {
    title: '访问太频繁',
    what: '您所在的网络短时间内访问太多，暂时没有打开页面。',
    next: '请稍等十几秒再刷新。',
  },
  500: {
    title: '系统繁忙',
    what: '页面没有打开，问题已经记录。',
    next: '请稍后再试；着急的事情请拨打服务电话。',
  },
  503: {
    title: '现在访问的人太多',
    what: '页面暂时没有打开。如果您刚才在提交内容，它没有保存。',
    next: '请稍等几秒再刷新；着急的事情请拨打服务电话。',
  },
} as const satisfies Record<number, Text>;

export type DoorStatus = keyof typeof TEXTS;

const STYLE =
  'body{margin:0;background:#fffdf9;color:#1f2328;font:17px/1.8 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}' +
  'header{border-bottom:3px solid #a4161a;padding:16px 24px;font:700 24px/1.4 "Source Han Serif SC","Noto Serif SC","Songti SC",serif;color:#a4161a}' +
  'main{max-width:640px;margin:0 auto;padding:40px 24px}h1{font-size:28px;line-height:1.4;margin:0 0 16px}' +
  'a{color:#24507a}.id{color:#57606a;font-size:15px}';

const STYLE_HASH = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;

const html = ({ title, what, next }: Text, id: string): Buffer =>
  Buffer.from(
    `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${title}</title><style>${STYLE}</style></head><body><header>邻声</header><main><h1>${title}</h1><p>${what}</p><p>${next}</p><p><a href="/">返回首页</a></p>${id ? `<p class="id">编号 ${id}</p>` : ''}</main></body></html>`,
  );

const COMMON: Head = [
  'Content-Type',
  'text/html; charset=utf-8',
  'Cache-Control',
  'no-store',
  'Content-Security-Policy',
  policyWithStyle(STYLE_HASH),
];

/** An answer of the door itself. It needs no render, no store and no file. `id` stands on the page for whoever reports it. */
export function doorPage(status: DoorStatus, id = ''): { head: Head; body: Buffer } {
  return { head: COMMON, body: html(TEXTS[status], id) };
}
