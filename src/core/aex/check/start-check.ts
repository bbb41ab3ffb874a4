import type { LedgerInvariant } from '../../../contract/ledger-report.ts';
import { limits } from '../../storage/limits.ts';
import { AEX_TABLE_NAMES } from '../schema.ts';
import type { LedgerLook } from '../store.ts';

/** What SQLite says of the pages of the file; null: it was not asked. */
export type Pages = { readonly sound: boolean } | null;

/** Has SQLite check the pages, where the file is small enough for it to be worth the time. */
export function checkPages(look: LedgerLook, fileBytes: number): Pages {
  if (look.how.salvaged) return { sound: false };
  if (fileBytes > limits.sqliteCheckBytes) return null;
  return { sound: look.db.pragma('quick_check(1)', { simple: true }) === 'ok' };
}

/**
 * `check_db_integrity` of the original, which lets its daemon start: sound pages, all tables, and the first two
 * invariants. Pages that were not looked at count as sound here; the report says so.
 */
export function startCheck(look: LedgerLook, pages: Pages, invariants: readonly LedgerInvariant[]): boolean {
  const tables = AEX_TABLE_NAMES.every((name) => look.schema.tables.has(name));
  return pages?.sound !== false && tables && invariants.slice(0, 2).every(({ passed }) => passed);
}
