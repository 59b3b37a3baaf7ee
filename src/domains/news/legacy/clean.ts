import type { CheerioAPI } from 'cheerio';
import { hiddenBy, hiddenSelectors } from '#core/tamper/hidden.ts';
import { hostOf, isOfficialHost } from '#core/tamper/hosts.ts';
import { findSpam, type Lexicon } from '#core/tamper/lexicon.ts';
import type { Signal } from '#core/tamper/verdict.ts';
import { pictureDay } from './address.ts';
import type { MissingPicture, Warning } from './document.ts';

type Selection = ReturnType<ReturnType<CheerioAPI['root']>['find']>;

/** What a page lost when it was cleaned, for the warnings of its draft. */
export interface Losses {
  signals: Signal[];
  warnings: Warning[];
}

const nothing = (): Losses => ({ signals: [], warnings: [] });
const isForeign = (address: string | undefined): boolean => {
  const host = hostOf(address ?? '');
  return host !== null && !isOfficialHost(host);
};

const OBFUSCATED = /\beval\s*\(|\batob\s*\(|fromCharCode|unescape\s*\(|document\.write(?:ln)?\s*\(/u;
const FRAMES = 'iframe, frame, object, embed, applet, base, meta[http-equiv="refresh" i]';

/** Removes everything that runs or loads, and reports what came from elsewhere or hid what it does. */
export function dropScripts($: CheerioAPI): Losses {
  const scripts = $('script').filter(
    (_, node) => isForeign($(node).attr('src')) || OBFUSCATED.test($(node).text()),
  );
  const forms = $('form').filter((_, node) => isForeign($(node).attr('action')));
  const count = scripts.length + forms.length + $(FRAMES).length;
  $(`script, ${FRAMES}`).remove();
  if (count === 0) return nothing();
  return {
    signals: ['script'],
    warnings: [{ code: 'script', message: `去掉了 ${count} 处外部脚本、框架、表单或跳转。` }],
  };
}

function hiddenNodes($: CheerioAPI): Selection {
  const byClass = [...hiddenSelectors($('style').text())].join(', ');
  const styled = $('body')
    .find('[style], [hidden], [width], [height]')
    .filter((_, node) => hiddenBy($(node).attr() ?? {}) !== null);
  return byClass === '' ? styled : styled.add($('body').find(byClass));
}

/**
 * Removes what no visitor saw. Old systems hide menus and counters of their own, so only hidden links to other hosts
 * and hidden spam count as a sign of tampering.
 */
export function dropHidden($: CheerioAPI, lexicon: Lexicon): Losses {
  const hidden = hiddenNodes($);
  const silent = $('noscript, template, marquee');
  const isPlanted = (node: Parameters<CheerioAPI['html']>[0] & object): boolean => {
    const html = $.html(node);
    const addresses = Array.from(html.matchAll(/href\s*=\s*["']?([^"'\s>]+)/giu), ([, address]) => address);
    return addresses.some(isForeign) || findSpam(html.replace(/<[^>]*>/gu, ' '), lexicon) !== null;
  };
  const planted = [...hidden.toArray(), ...silent.toArray()].filter((node) => isPlanted(node)).length;
  const count = Math.max(hidden.length, planted);
  hidden.remove();
  silent.remove();
  $('*')
    .contents()
    .filter((_, node) => node.type === 'comment')
    .remove();
  if (count === 0) return nothing();
  const what = planted > 0 ? `，其中 ${planted} 处含站外链接或垃圾词，疑似暗链` : '';
  return {
    signals: planted > 0 ? ['hidden_node'] : [],
    warnings: [{ code: 'hidden_node', message: `去掉了 ${count} 处页面上看不见的内容${what}。` }],
  };
}

const ATTACHMENT = /\.(?:docx?|xlsx?|pptx?|pdf|wps|et|zip|rar|ofd)(?:[?#]|$)/iu;

/**
 * Settles the links of a body: official ones stay, those to other hosts lose their address (with spam also their
 * words), attachments that did not come along are named, addresses within the old site are dropped.
 */
export function settleLinks($: CheerioAPI, lexicon: Lexicon): Losses {
  const losses = nothing();
  let foreign = 0;
  $('a').each((_, node) => {
    const link = $(node);
    const address = link.attr('href') ?? '';
    if (ATTACHMENT.test(address)) {
      const name = link.text().trim() || (address.split('/').at(-1) ?? '');
      losses.warnings.push({
        code: 'missing_attachment',
        message: `缺附件：${name}，请找到原文件重新上传。`,
      });
    } else if (isForeign(address)) {
      foreign += 1;
      if (findSpam(link.text(), lexicon)) return void link.remove();
    } else if (hostOf(address) !== null) return;
    link.replaceWith(link.contents());
  });
  if (foreign > 0) {
    losses.signals.push('outbound_host');
    losses.warnings.push({
      code: 'outbound_link',
      message: `去掉了 ${foreign} 个指向站外的链接，文字保留，请核对。`,
    });
  }
  return losses;
}

function fileName(address: string): string {
  if (/^data:/iu.test(address)) return '';
  const name =
    address
      .replace(/[?#].*$/su, '')
      .split('/')
      .at(-1) ?? '';
  try {
    return decodeURIComponent(name);
  } catch {
    // Names that were encoded from GBK are no UTF-8: shown as they stand.
    return name;
  }
}

/** Takes the pictures out of a body and names them; TRS keeps the true name in `oldsrc`. */
export function takePictures($: CheerioAPI): MissingPicture[] {
  const pictures = $('img')
    .toArray()
    .flatMap((node): MissingPicture[] => {
      const image = $(node);
      const name = fileName(image.attr('oldsrc') ?? image.attr('src') ?? '');
      return name === ''
        ? []
        : [{ name, alt: image.attr('alt')?.trim() ?? '', where: 'body', day: pictureDay(name) }];
    });
  $('img').remove();
  return pictures;
}
