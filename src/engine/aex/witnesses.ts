import type { EntryWitnesses } from './entry.ts';
import type { LedgerScene } from './scene.ts';

/** What other records say of an entry. */
export const inspectEntry = (_scene: LedgerScene) => (): EntryWitnesses => ({
  witnesses: [],
  restored: null,
});
