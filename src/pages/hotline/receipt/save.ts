import type { APIRoute } from 'astro';
import { beijingTime } from '#core/clock.ts';
import { getReceipt, RECEIPT_COOKIE } from '#domains/hotline/receipts/service.ts';
import { siteSettings } from '#domains/settings/service.ts';

/** The receipt as a text file, for those who keep files. */
export const GET: APIRoute = async ({ url, cookies }) => {
  const cookie = cookies.get(RECEIPT_COOKIE)?.value ?? '';
  const receipt = await getReceipt(url.searchParams.get('r') ?? '', cookie);
  const site = await siteSettings();
  const lines = [
    `${site.name} 诉求回执`,
    `诉求编号：${receipt.number}`,
    `查询码：${receipt.code ?? '已不再显示，可用手机找回'}`,
    `提交时间：${beijingTime(receipt.filedAt)}`,
    `查询进度：${site.origin}/hotline/track`,
    ...(site.hotlineNumber ? [`诉求热线：${site.hotlineNumber}`] : []),
    '请妥善保存，不要把查询码告诉他人。',
  ];
  return new Response(`\uFEFF${lines.join('\r\n')}\r\n`, {
    headers: {
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Disposition': `attachment; filename="receipt-${receipt.number}.txt"`,
      'Cache-Control': 'no-store',
    },
  });
};
