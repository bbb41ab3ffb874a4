import { createHash } from 'node:crypto';
import type { LedgerLook } from './store.ts';
import { maskerOf, type Masker } from './secrets.ts';

/** No longer token fits in a request, and without its beginning the rest of one admits nobody. */
const SEARCHED_SIGNS = 65_536;

/** A masker for the tokens that stand in a ledger now. They are read in this file and nowhere else, and do not leave it. */
export function maskerIn(look: LedgerLook): Masker {
  const columns = ['api_token', 'token_hash'];
  const rows = look.db
    .prepare<[], readonly unknown[]>(
      `SELECT ${columns.map((name) => `substr(${name}, 1, ${SEARCHED_SIGNS})`).join(', ')} FROM (${look.select('agents', columns)})`,
    )
    .raw()
    .all();
  return maskerOf(
    rows.flat().flatMap((value) => {
      if (value instanceof Uint8Array) return [Buffer.from(value).toString('utf8')];
      return value === null ? [] : [String(value)];
    }),
  );
}

/** As AEX makes one; what was put in its place in a copy that was passed on has no hash to compare. */
const TOKEN = /^[0-9a-f]{32}$/;

/**
 * Agents whose row has a token and the hash of another one: AEX sets both together and admits by the hash first
 * (formats/aex.md §12).
 */
export function otherTokens(look: LedgerLook): readonly string[] {
  if (!look.has('agents', 'api_token') || !look.has('agents', 'token_hash')) return [];
  const rows = look.db
    .prepare<[], readonly unknown[]>(
      `SELECT name, api_token, token_hash FROM agents WHERE length(api_token) = 32 AND length(token_hash) = 64`,
    )
    .raw();
  const found: string[] = [];
  for (const [name, token, hash] of rows.iterate()) {
    if (typeof token !== 'string' || !TOKEN.test(token)) continue;
    if (createHash('sha256').update(token).digest('hex') !== hash) found.push(String(name));
  }
  return found;
}
