/** Lines of a document-sharing site around somebody else's text: prefaces, prices, comment boxes. */
const DOCUMENT_SITE: readonly RegExp[] = [
  /本站(?:为(?:你|您)|所有内容|不对)/u,
  /供(?:你|您|大家)(?:借鉴|参考)/u,
  /(?:欢迎阅读由|客服老师|个性化的参考)/u,
  /本文档共\s*\d+\s*页/u,
  /(?:文档一经付费|版权申诉|二次下载|侵犯商业秘密)/u,
  /^(?:文档评论|相关文档|查看更多|实名认证|内容提供者|文章中心)/u,
  /^该用户很懒/u,
  /VIP精品/u,
  /^\S{2,24}\s*\+\s*关注$/u,
];

/** Whether a line belongs to a document-sharing site and not to the document. */
export function isDocumentSite(line: string): boolean {
  return DOCUMENT_SITE.some((pattern) => pattern.test(line));
}

/** The name of the document that a sharing site's preface praises (「精心整理了…范文」), or null. */
export function titleInPreface(line: string): string | null {
  const match =
    /(?:整理了|写好一篇|提供的?)[“「《]?([^，,。“”「」《》]{4,40}?)[”」》]?(?:范文|模板|[，,])/u.exec(line);
  return match?.[1] ?? null;
}

const SIDE_BLOCK: readonly RegExp[] = [
  /更多\s*(?:>>|»|＞＞)?$/u,
  /^(?:主办|承办|协办|技术支持)(?:单位)?\s*[:：]/u,
  /技术支持\s*[:：]/u,
  /^(?:网站地图|站点地图|版权所有|返回(?:首页|顶部)|联系我们|网站声明)/u,
  /^(?:Copyright|©)/iu,
  /^(?:上|下)一[篇条]\s*[:：]?/u,
  /^(?:相关(?:文档|阅读|文章|新闻|链接)|友情链接|热点推荐|推荐阅读)/u,
  /^[[【(（]?\s*(?:打\s*印|关\s*闭|收\s*藏|分\s*享)/u,
  /ICP备|公安?网?安?备\s*\d/u,
  /^[（(]?\s*(?:责任编辑|责编)\s*[:：]/u,
];

/** Whether a line is part of a page around the article: side blocks, pager, footer, buttons. */
export function isSideBlock(line: string): boolean {
  return isDocumentSite(line) || SIDE_BLOCK.some((pattern) => pattern.test(line));
}

const PICTURE = /^[\w\u4e00-\u9fff().（）-]{1,80}\.(?:jpe?g|png|gif|bmp|webp)$/iu;

/** The file name, where a line is nothing but the name of a picture. */
export function pictureName(line: string): string | null {
  return PICTURE.test(line) ? line : null;
}

/** Whether a line is a row of menu words. */
export function isMenu(line: string): boolean {
  const words = line.split(/[\s|｜]+/u).filter(Boolean);
  return words.length >= 6 && words.every((word) => word.length <= 10) && !/[。；！？]/u.test(line);
}

/** The steps of a breadcrumb line, or null where the line is none. */
export function readCrumbs(line: string): string[] | null {
  const labelled = /(?:所在(?:的)?位置|当前位置|现在的位置)\s*[:：]\s*(.+)$/u.exec(line)?.[1];
  const bare = /^(?:网站)?首页\s*[>»›＞→]/u.test(line) ? line : undefined;
  const trail = labelled ?? bare;
  if (trail === undefined || trail.length > 200) return null;
  return trail
    .split(/\s*[>»›＞→]+\s*/u)
    .map((step) => step.trim())
    .filter(Boolean);
}

/** Whether the first step of a breadcrumb is the neutral one that every honest page begins with. */
export function isHomeCrumb(step: string | undefined): boolean {
  return step === undefined || /^(?:网站|本站)?首页$|^主页$/u.test(step);
}

/** Column names out of a breadcrumb, the deepest first, without the root and without 「正文」. */
export function columnsOf(crumbs: readonly string[]): string[] {
  return crumbs
    .slice(1)
    .filter((step) => step.length <= 12 && !/^(?:正文|文章中心|内容|详细(?:内容|页)?)$/u.test(step))
    .reverse();
}

/** A title without its file ending and without what a site hung behind it (「 - 站名」, 「_站名」, 「|站名」). */
export function bareTitle(title: string): string {
  return title
    .replace(/\.(?:docx?|wps|pdf|txt|rtf)$/iu, '')
    .replace(/^(.{4,}?)\s*(?:[_|｜]|(?<![-–\d])[-–](?![-–\d])|\s—\s).*$/su, '$1')
    .trim();
}
