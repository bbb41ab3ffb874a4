import type Database from 'better-sqlite3';
import type { LedgerFindingKind } from '../../../src/contract/ledger-report.ts';
import { hashOf } from './ledger-maker.ts';
import { canonicalText, type Plain } from './python-text.ts';

export type Random = (below: number) => number;
export type Db = Database.Database;

export type Entry = {
  readonly seq: number;
  readonly execution_id: string | null;
  readonly agent: string | null;
  readonly event_type: string;
  readonly payload_json: string;
  readonly prev_hash: string;
  readonly event_hash: string;
  readonly ts: string;
};
export type Payload = Record<string, Plain>;

/** What was done, and what a check has to say: one of these kinds, as an error, at this place. */
export type Tampered = {
  readonly what: string;
  readonly kinds: readonly LedgerFindingKind[];
  readonly seq?: number;
  readonly execution?: string;
  readonly agent?: string;
};

/** A way to tamper; null: this ledger has nothing of the kind. */
export type Way = (db: Db, random: Random) => Tampered | null;

export const any = <T>(random: Random, from: readonly T[]): T | null => from[random(from.length)] ?? null;
export const entriesOf = (db: Db, where = '1'): readonly Entry[] =>
  db.prepare<[], Entry>(`SELECT * FROM event_log WHERE ${where} ORDER BY seq`).all();
export const payloadOf = (entry: Entry): Payload => JSON.parse(entry.payload_json) as Payload;
export const setEntry = (db: Db, seq: number, column: string, value: string | number | null): void => {
  db.prepare(`UPDATE event_log SET ${column} = ? WHERE seq = ?`).run(value, seq);
};
export const settled = `event_type = 'usage.commit' AND json_extract(payload_json, '$.cost_micro') > 1`;

/** Computes all hashes anew, as somebody would who knows how. */
export function rechain(db: Db): void {
  let prev = 'GENESIS';
  for (const one of entriesOf(db)) {
    const own = hashOf(prev, one.event_type, one.execution_id ?? '', one.payload_json);
    db.prepare('UPDATE event_log SET prev_hash = ?, event_hash = ? WHERE seq = ?').run(prev, own, one.seq);
    prev = own;
  }
}

/** A whole number of the payload changed, at a random entry; null: there is none. */
export function changedNumber(db: Db, random: Random, where: string) {
  const entry = any(random, entriesOf(db, where));
  if (entry === null) return null;
  const payload = payloadOf(entry);
  const key = any(
    random,
    Object.keys(payload).filter((name) => typeof payload[name] === 'number'),
  );
  if (key === null) return null;
  const text = canonicalText({ ...payload, [key]: (payload[key] as number) + 1 + random(50) });
  return { entry, key, text };
}

export const LAST = 'seq < (SELECT max(seq) FROM event_log)';
