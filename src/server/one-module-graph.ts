import type { Plugin } from 'vite';

const OWNED = /\/(?:db|src\/(?:core|domains|jobs|server))\//;

/**
 * Leaves everything imported as `#…` to Node, so that the built pages and the front door share one
 * instance of each module (one writer, one `AppError`), and fails the build when such a file would be
 * bundled a second time. Browser bundles are not touched.
 */
export const oneModuleGraph = (): Plugin => ({
  name: 'one-module-graph',
  apply: 'build',
  enforce: 'pre',
  applyToEnvironment: ({ name }) => name === 'ssr' || name === 'prerender',
  resolveId: { filter: { id: /^#/ }, handler: (id) => ({ id, external: true }) },
  load: {
    filter: { id: { include: OWNED, exclude: /node_modules/ } },
    handler(id) {
      this.error(`${id} would be bundled a second time: import it by its # name`);
    },
  },
});
