import { indexCommunities } from '#domains/search/communities/service.ts';
import { rebuildIfOutdated } from '#domains/search/service.ts';
import type { Job } from './job.ts';

/** Brings the search up to date with what changes outside its transactions: its own recipe, and the communities' pages. */
export const indexSearch: Job = {
  name: 'index-search',
  every: '1h',
  async run() {
    await rebuildIfOutdated();
    await indexCommunities();
  },
};
