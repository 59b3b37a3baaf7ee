import node from '@astrojs/node';
import preact from '@astrojs/preact';
import { defineConfig } from 'astro/config';
import { oneModuleGraph } from './src/server/one-module-graph.ts';
import { pagesOnce } from './src/server/pages-once.ts';
import { precompress } from './src/server/precompress.ts';

export default defineConfig({
  output: 'server',
  adapter: node({ mode: 'middleware', experimentalDisableStreaming: true }),
  integrations: [preact(), precompress()],
  session: false,
  trailingSlash: 'ignore',
  compressHTML: true,
  devToolbar: { enabled: false },
  // The front door checks the origin of every change itself: behind a TLS proxy Astro compares with the wrong scheme.
  security: { checkOrigin: false, csp: true },
  build: { inlineStylesheets: 'never' },
  vite: {
    plugins: [oneModuleGraph(), pagesOnce()],
    build: { target: ['chrome74', 'safari13'], cssTarget: ['chrome74', 'safari13'] },
  },
});
