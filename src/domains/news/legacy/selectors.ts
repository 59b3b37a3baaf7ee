/** Where old sites of this family put the parts of an article, in the order in which they are tried. */
export const TITLE = [
  '#title_tex',
  '[id^=title]',
  '.tt-tit',
  '.dc-title',
  '.bqjj-tit',
  '.main_l>h1',
  '.detailboxspan',
  'h2.article-title.ffyh',
  'h2',
] as const;

export const BODY = [
  '.TRS_Editor',
  '.TRS_PreAppend',
  '.Custom_UnionStyle',
  '#zoom',
  '.news',
  '.pages_content',
  '#UCAP-CONTENT',
  '.my_doccontent',
] as const;
/** The last resort: the paragraphs themselves, wherever they stand. */
export const LOOSE_BODY = 'p[align=justify]';

export const STAMP = ['#time_tex', '.tt-rq', '.tt-ly'] as const;
export const EDITOR = ['#editor_tex', '.editor_tex', '.main-editor'] as const;
export const CRUMBS = ['.title', '.pl-l', '.local'] as const;
export const KICKER = ['#kicker_tex', '.tt-yt', '.yinti'] as const;
export const SUBTITLE = ['#subtitle_tex', '.tt-ft', '.futi'] as const;

export const META_DATE = ['publishdate', 'PubDate', 'pubdate'] as const;
export const META_SOURCE = ['ContentSource', 'source'] as const;
