import type { Props } from './Clock.astro';

const due = new Date('2026-03-09T09:00:00Z');

export const examples = {
  running: { state: 'running', count: 3, due },
  soon: { state: 'soon', count: 0, due, provisional: true },
  overdue: { state: 'overdue', count: 1, due },
  paused: { state: 'paused' },
  met: { state: 'met' },
  missed: { state: 'missed' },
} satisfies Record<string, Props>;
