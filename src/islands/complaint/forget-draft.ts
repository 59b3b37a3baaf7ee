import { dropDraft } from './draft.ts';

// The receipt stands: what was kept for the form is needed no more.
dropDraft();
