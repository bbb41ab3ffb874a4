import { realpathSync, statSync, type Dirent } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fail, ok, type Result } from '../result.ts';
import { systemFailure } from '../storage/failures.ts';
import { limits } from '../storage/limits.ts';
import { look } from '../storage/look.ts';
import type { LedgerPaths } from './paths.ts';
import { AEX_TABLE_NAMES, isLedger, readAexSchema } from './schema.ts';

/** The folder that AEX keeps in the home folder, and its database (formats/aex.md §1). */
const FOLDER = '.aex';
const DATABASE = 'aex.db';
const ENDINGS = ['.db', '.sqlite', '.sqlite3'];
/** Databases that are known by their names to be something else. */
const OTHERS = new Set(['vek.db']);

/** Whether a file of this name may be a ledger. */
export function mayBeLedger(name: string): boolean {
  const lower = name.toLowerCase();
  return !OTHERS.has(lower) && ENDINGS.some((ending) => lower.endsWith(ending));
}

const pathsOf = (db: string): LedgerPaths => ({ db, dir: dirname(db) });

/**
 * The ledger in a file: by its tables, whatever it is called; of a damaged file by those that can still be read. A file
 * `aex.db` that can't be read is one all the same, so that opening it says why. `not-a-database` for every other file that
 * is none.
 */
export function ledgerAt(path: string): Result<LedgerPaths> {
  const found = undamagedAt(path);
  if (found.ok || found.error.kind !== 'damaged') return found;
  const real = realpathSync.native(path);
  const rescued = look(real, (db) => isLedger(readAexSchema(db)), { salvage: AEX_TABLE_NAMES });
  return rescued.ok && rescued.value ? ok(pathsOf(real)) : found;
}

/** The same without a try to read what is left of a damaged file, which may take long. */
function undamagedAt(path: string): Result<LedgerPaths> {
  let real: string;
  try {
    real = realpathSync.native(path);
  } catch (error) {
    return systemFailure(error, path);
  }
  const looked = look(real, (db, how) =>
    how.empty ? 'empty' : isLedger(readAexSchema(db)) ? 'ledger' : 'other',
  );
  if (looked.ok && looked.value === 'ledger') return ok(pathsOf(real));
  const isUnreadable = !looked.ok || looked.value === 'empty';
  if (isUnreadable && basename(real) === DATABASE && isFile(real)) return ok(pathsOf(real));
  if (!looked.ok) return looked;
  const what = looked.value === 'empty' ? 'is empty' : 'is a database, but no ledger of AEX';
  return fail(
    'not-a-database',
    `${path} ${what}: it has no tables event_log and agents as AEX makes them.`,
    'Check the path.',
  );
}

/** Damaged databases that are named; the others are counted. */
const DAMAGED_NAMED = 5;

/** The search for ledgers below one opened folder. */
export type LedgerSearch = {
  /** the ledgers directly in a folder, and in its `.aex` */
  in(folder: string, entries: readonly Dirent[]): readonly LedgerPaths[];
  /** what was not looked at, in words */
  notes(): readonly string[];
};

export function searchLedgers(): LedgerSearch {
  let lookedAt = 0;
  let passedOver = 0;
  let first: string | null = null;
  const damaged: string[] = [];
  return {
    in(folder, entries) {
      const found: LedgerPaths[] = [];
      if (entries.some((entry) => entry.name === FOLDER && entry.isDirectory())) {
        const own = ownLedger(join(folder, FOLDER));
        if (own !== null) found.push(own);
      }
      let here = 0;
      for (const entry of entries) {
        if (!entry.isFile() || !mayBeLedger(entry.name)) continue;
        if (here >= limits.ledgerFiles || lookedAt >= limits.ledgerFilesInAll) {
          passedOver++;
          first ??= folder;
          continue;
        }
        here++;
        lookedAt++;
        const ledger = undamagedAt(join(folder, entry.name));
        if (ledger.ok) found.push(ledger.value);
        else if (ledger.error.kind === 'damaged') damaged.push(join(folder, entry.name));
      }
      return found;
    },
    notes: () => [
      ...(passedOver === 0
        ? []
        : [
            `${passedOver} databases were not looked at for whether they are ledgers, the first in ${first}; open such a file itself to see it.`,
          ]),
      ...damaged
        .slice(0, DAMAGED_NAMED)
        .map((path) => `${path} is damaged; open it itself to see whether it is a ledger.`),
      ...(damaged.length > DAMAGED_NAMED
        ? [`${damaged.length - DAMAGED_NAMED} more databases are damaged.`]
        : []),
    ],
  };
}

/** The ledger that the folder `.aex` above a path holds, or null. */
export function ledgerAbove(path: string): LedgerPaths | null {
  for (let at = path; dirname(at) !== at; at = dirname(at)) {
    if (basename(at) === FOLDER) return ownLedger(at);
  }
  return null;
}

function ownLedger(folder: string): LedgerPaths | null {
  const db = join(folder, DATABASE);
  if (!isFile(db)) return null;
  const ledger = ledgerAt(db);
  return ledger.ok ? ledger.value : null;
}

function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  } catch {
    return false;
  }
}
