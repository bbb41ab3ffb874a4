import { isUtf8 } from 'node:buffer';
import { createHash, hash as digest } from 'node:crypto';
import { parseJsonBytes } from '../json/decode.ts';
import { limits } from '../storage/limits.ts';
import { wholeBatches } from './check-batches.ts';
import { batchRows, forSpans, isExact } from './check-chunks.ts';
import { problemOf, storedTwice, type Findings } from './check-findings.ts';
import { insert, keyOf } from './check-table.ts';
import { CONTROL, OBJECT, SECTION, type DamagedObject, type Shared } from './check-types.ts';
import type { VekLook } from './store.ts';

type Row = readonly [row: number, hash: unknown, content: unknown, valid: unknown];

/** Objects above this size are hashed piece by piece, so that memory stays flat. */
const pieceBytes = 16 * 1024 * 1024;

/**
 * Reads every object of this worker's share: recomputes its hash from the stored bytes (formats/vek.md §3), notes
 * its state for the nodes that use it, and sees whether it is JSON. Returns how many were read, and the damaged.
 */
export function checkObjects(
  look: VekLook,
  shared: Shared,
  findings: Findings,
  tick: (rows: number) => void,
): { readonly rows: number; readonly damaged: DamagedObject[] } {
  const damaged: DamagedObject[] = [];
  if (shared.survey.objects.rows === 0) return { rows: 0, damaged };
  const checkRow = rowChecker(look, shared, findings, damaged);
  const readable = `typeof(content) = 'blob' AND length(content) <= ${pieceBytes}`;
  const query = look.db
    .prepare<[number, number], Row>(
      `SELECT rowid, hash, CASE WHEN ${readable} THEN content END,
        CASE WHEN ${readable} THEN json_valid(CAST(content AS TEXT)) END
       FROM objects NOT INDEXED WHERE rowid BETWEEN ? AND ?`,
    )
    .raw();
  const extent = shared.survey.objects;
  const whole = wholeBatches(look, shared, findings);
  let rows = 0;
  forSpans(shared, extent, CONTROL.objectChunk, (first, last) => {
    for (let at = first; ;) {
      const batch = isExact(extent) ? whole(at, last) : { rows: extent.rows, top: last, whole: false };
      if (!batch.whole) for (const row of query.iterate(at, batch.top)) checkRow(row);
      rows += batch.rows;
      tick(batch.rows);
      if (batch.rows < batchRows || !isExact(extent)) return;
      at = batch.top + 1;
    }
  });
  return { rows, damaged };
}

/** Checks one object at a time and finds out what exactly is wrong. */
function rowChecker(
  look: VekLook,
  shared: Shared,
  findings: Findings,
  damaged: DamagedObject[],
): (row: Row) => void {
  const key = new Uint32Array(8);
  return ([row, name, content, valid]) => {
    if (typeof name !== 'string') {
      const message = `The object in row ${row} has a name that is not text, so no call can use it.`;
      findings.add(
        SECTION.objects,
        row,
        problemOf('object-unreadable', 'error', null, message, { table: 'objects', row }),
      );
      return;
    }
    keyOf(name, key);
    const number = insert(shared.objects, key);
    if (number === -1) {
      findings.add(SECTION.objects, row, storedTwice(name));
      return;
    }
    const bytes = content instanceof Uint8Array ? content : null;
    const computed = bytes === null ? hashPieces(look, row) : blobDigest(bytes);
    if (computed === null) {
      shared.objectStates[number] = OBJECT.notBlob;
      damaged.push({ hash: name, row, kind: 'object-not-blob', ...storageOf(look, row, name) });
    } else if (computed !== name) {
      shared.objectStates[number] = OBJECT.altered;
      damaged.push({ hash: name, row, kind: 'object-altered', computed });
    } else if (bytes === null) {
      const message = `The object ${name} has more than the ${pieceBytes} bytes that a check parses; its hash is right, whether it is JSON was not looked at.`;
      findings.add(
        SECTION.objects,
        row,
        problemOf('object-not-parsed', 'notice', name, message, { table: 'objects', row }),
      );
    } else if (valid !== 1 || bytes.includes(0) || !isUtf8(bytes)) {
      // SQLite accepts plain JSON only, ends at a NUL and does not look at the encoding: ask the real parser.
      noteContent(findings, row, name, bytes);
    }
  };
}

let scratch = Buffer.allocUnsafe(64 * 1024);

/** The hash of an object, in one call of the digest. */
function blobDigest(bytes: Uint8Array): string {
  const header = `blob ${bytes.byteLength}\0`;
  const size = header.length + bytes.byteLength;
  if (scratch.length < size) {
    if (size > 1024 * 1024) return createHash('sha256').update(header).update(bytes).digest('hex');
    scratch = Buffer.allocUnsafe(size * 2);
  }
  scratch.write(header, 'latin1');
  scratch.set(bytes, header.length);
  return digest('sha256', scratch.subarray(0, size), 'hex');
}

/** The same for a large object, read in pieces; null when the content is not stored as BLOB. */
function hashPieces(look: VekLook, row: number): string | null {
  const [type, size] = look.db
    .prepare<[number], [string, number]>(
      'SELECT typeof(content), length(content) FROM objects WHERE rowid = ?',
    )
    .raw()
    .get(row) ?? ['null', 0];
  if (type !== 'blob') return null;
  const piece = look.db
    .prepare<[number, number], Uint8Array>(
      `SELECT substr(content, ?, ${pieceBytes}) FROM objects WHERE rowid = ?`,
    )
    .pluck();
  const sum = createHash('sha256').update(`blob ${size}\0`);
  for (let at = 0; at < size; at += pieceBytes) sum.update(piece.get(at + 1, row) ?? '');
  return sum.digest('hex');
}

function noteContent(findings: Findings, row: number, name: string, bytes: Uint8Array): void {
  const parsed = parseJsonBytes(bytes, { maxDepth: limits.jsonDepth, maxChars: limits.jsonBytes });
  if (parsed.ok) return;
  const { kind, message: reason } = parsed.error;
  const message =
    kind === 'syntax'
      ? `The object ${name} is not JSON (${reason}); its hash is right. The Python tool fails when it shows a call that uses it.`
      : `The object ${name} is beyond what we parse (${reason}); its hash is right.`;
  findings.add(
    SECTION.objects,
    row,
    problemOf('object-not-json', 'notice', name, message, { table: 'objects', row }),
  );
}

/** In which form the content is stored instead of BLOB, and whether its bytes would fit the name. */
function storageOf(
  look: VekLook,
  row: number,
  name: string,
): { readonly storage: string; readonly fits: boolean } {
  const [type, bytes] = look.db
    .prepare<[number], [string, unknown]>(
      'SELECT typeof(content), CAST(content AS BLOB) FROM objects WHERE rowid = ?',
    )
    .raw()
    .get(row) ?? ['null', null];
  return { storage: type.toUpperCase(), fits: bytes instanceof Uint8Array && blobDigest(bytes) === name };
}
