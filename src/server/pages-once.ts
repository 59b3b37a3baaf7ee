import type { Plugin } from 'vite';

const PAGE = /\b(_page\d+) = \(\) => (import\([^()]+\)(?:\.then\([^;\n]*\))?)(?=[;\n])/g;

/**
 * Lets the built entry remember its pages. It would ask Node's module loader for the page's module at each request, which
 * costs a twentieth of rendering an article.
 */
export const pagesOnce = (): Plugin => ({
  name: 'pages-once',
  apply: 'build',
  applyToEnvironment: ({ name }) => name === 'ssr',
  // Last of all: whatever still looks at imports would lose its way in them.
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      for (const part of Object.values(bundle)) {
        if (part.type === 'chunk')
          part.code = part.code.replace(PAGE, '$1 = ((page) => () => (page ??= $2))()');
      }
    },
  },
});
