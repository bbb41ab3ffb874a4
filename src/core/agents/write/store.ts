import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { createWhole } from '../../operations/files.ts';
import { takeProcessLock, type Release } from '../../operations/apply-lock.ts';
import { ok, type Result } from '../../result.ts';
import { systemFailure } from '../../storage/failures.ts';
import { limits } from '../../storage/limits.ts';
import type { EditContext } from '../edit/context.ts';

/**
 * What the app folder keeps of one root: texts by their hash, the record of writes, what others were seen to have
 * written, and change sets. An agent that is opened alone shares it with the root above it, so paths in it are below that
 * root; `stored` and `shown` turn one into the other. `shown` null: it lies outside of what is opened.
 */
export type EditStore = {
  readonly dir: string;
  readonly home: string;
  readonly objects: string;
  readonly journal: string;
  readonly seen: string;
  /** change sets of what is opened: of the root, or of one agent */
  readonly sets: string;
  readonly lock: string;
  stored(path: string): string;
  shown(stored: string): string | null;
};

const SETS = 'sets';

/** Where the writes into a root are kept. Nothing is created. */
export function editStore({ folder: { root }, dataDir }: EditContext): Result<EditStore> {
  try {
    const opened = realpathSync.native(root.path);
    const home = root.single === null ? opened : dirname(opened);
    const prefix = root.single === null ? '' : `${basename(opened)}/`;
    const key = createHash('sha256').update(home).digest('hex').slice(0, 32);
    const dir = join(dataDir, 'agent-edits', key);
    return ok({
      dir,
      home,
      objects: join(dir, 'objects'),
      journal: join(dir, 'edits.jsonl'),
      seen: join(dir, 'seen.jsonl'),
      sets: join(dir, SETS, prefix === '' ? 'root' : `agent-${hashOf(prefix)}`),
      lock: join(dir, 'apply.lock'),
      stored: (path) => (path.startsWith('../') ? path.slice(3) : `${prefix}${path}`),
      shown: (stored) => {
        if (prefix === '') return stored;
        if (stored.startsWith(prefix)) return stored.slice(prefix.length);
        return isShared(stored) ? `../${stored}` : null;
      },
    });
  } catch (error) {
    return systemFailure(error, root.path);
  }
}

/** Every folder of change sets in a store. */
export function setFolders(store: EditStore): string {
  return join(store.dir, SETS);
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** What lies directly in a root, or in its shared personas, is no other agent's. */
function isShared(stored: string): boolean {
  return !stored.includes('/') || stored.startsWith('.personas/');
}

/** Makes the folder of a store; only this user may read it. Throws what the system says. */
export function ensureStore(store: EditStore): void {
  if (lstatSync(store.objects, { throwIfNoEntry: false })?.isDirectory() === true) return;
  mkdirSync(store.objects, { recursive: true, mode: 0o700 });
  createWhole(join(store.dir, 'root.json'), `${JSON.stringify({ root: store.home })}\n`, 0o600);
}

/** Runs work while no other Vekscope writes to the same root. What the system refuses is a failure. */
export function withStoreLock<T>(
  store: EditStore,
  work: () => Result<T>,
  waitMs: number = limits.applyLockWaitMs,
): Result<T> {
  let release: Release | null = null;
  try {
    ensureStore(store);
    const lock = takeProcessLock(store.lock, 'these agents', waitMs);
    if (!lock.ok) return lock;
    release = lock.value;
    return work();
  } catch (error) {
    return systemFailure(error, store.dir);
  } finally {
    release?.();
  }
}
