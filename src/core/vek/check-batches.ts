import { isUtf8 } from 'node:buffer';
import { hash as digest } from 'node:crypto';
import { batchRows } from './check-chunks.ts';
import { storedTwice, type Findings } from './check-findings.ts';
import { insert, keyAt } from './check-table.ts';
import { SECTION, type Shared } from './check-types.ts';
import type { VekLook } from './store.ts';

/** A batch of objects: how many rows it has, and the last row number. `whole`: nothing is wrong with any of them. */
export type Batch = { readonly rows: number; readonly top: number; readonly whole: boolean };

type Row = readonly [
  rows: number,
  top: number | null,
  usual: number,
  names: string | null,
  stream: Buffer | null,
  json: number | null,
];

/** Batches with larger objects are checked row by row. */
const usualBytes = 64 * 1024;

/**
 * Checks objects in batches, which takes half the time of single rows: SQLite lays the hashed forms of all of them
 * (`blob`, length, NUL, content; formats/vek.md §3) one after the other into one buffer. Says only whether all are
 * whole, and enters their hashes then; of any other batch nothing is entered.
 */
export function wholeBatches(
  look: VekLook,
  shared: Shared,
  findings: Findings,
): (first: number, last: number) => Batch {
  const key = new Uint32Array(8);
  const query = look.db
    .prepare<[number, number], Row>(
      `SELECT count(*), max(row), sum(usual), group_concat(hash, ''),
        CAST(group_concat(CASE WHEN usual THEN 'blob ' || length(content) || char(0) || CAST(content AS TEXT) END, '') AS BLOB),
        min(CASE WHEN usual THEN json_valid(CAST(content AS TEXT)) END)
       FROM (
         SELECT rowid AS row, hash, content, typeof(content) = 'blob' AND length(content) <= ${usualBytes} AND
           typeof(hash) = 'text' AND length(hash) = 64 AS usual
         FROM objects NOT INDEXED WHERE rowid BETWEEN ? AND ? ORDER BY rowid LIMIT ${batchRows}
       )`,
    )
    .raw();
  return (first, last) => {
    const [rows, top, usual, names, stream, json] = query.get(first, last) as Row;
    const usable = rows > 0 && usual === rows && json === 1 && names?.length === rows * 64 && stream !== null;
    const whole = usable && fits(stream, names) && allKeys(names, key);
    if (whole) {
      for (let at = 0; at < names.length; at += 64) {
        keyAt(names, at, key);
        if (insert(shared.objects, key) === -1) {
          findings.add(SECTION.objects, top ?? first, storedTwice(names.slice(at, at + 64)));
        }
      }
    }
    return { rows, top: top ?? last, whole };
  };
}

/** Whether each hashed form in the stream has the hash at its place in `names`, and a content of UTF-8 without NUL. */
function fits(stream: Buffer, names: string): boolean {
  if (!isUtf8(stream)) return false;
  let at = 0;
  let nul = stream.indexOf(0);
  for (let name = 0; name < names.length; name += 64) {
    let size = 0;
    for (let i = at + 5; i < nul; i++) size = size * 10 + (stream[i] as number) - 48;
    const end = nul + 1 + size;
    nul = stream.indexOf(0, nul + 1);
    if (nul !== -1 && nul < end) return false;
    if (digest('sha256', stream.subarray(at, end)) !== names.slice(name, name + 64)) return false;
    at = end;
  }
  return at === stream.length;
}

function allKeys(names: string, key: Uint32Array): boolean {
  for (let at = 0; at < names.length; at += 64) if (!keyAt(names, at, key)) return false;
  return true;
}
