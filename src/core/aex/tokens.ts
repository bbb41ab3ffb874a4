import type { LedgerLook } from './store.ts';
import { maskerOf, type Masker } from './secrets.ts';

/** A masker for the tokens that stand in a ledger now. They are read here and nowhere else, and do not leave it. */
export function maskerIn(look: LedgerLook): Masker {
  const rows = look.db
    .prepare<[], readonly unknown[]>(look.select('agents', ['api_token', 'token_hash']))
    .raw()
    .all();
  return maskerOf(
    rows.flat().flatMap((value) => {
      if (value instanceof Uint8Array) return [Buffer.from(value).toString('utf8')];
      return value === null ? [] : [String(value)];
    }),
  );
}
