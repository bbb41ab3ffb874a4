import { createHash } from 'node:crypto';
import type { Head, Ref } from '../../contract/vek.ts';
import type { JobHandler } from '../jobs/serve-jobs.ts';
import { fail, ok, type Result } from '../result.ts';
import { systemFailure } from '../storage/failures.ts';
import { fileDigest, type FileDigest } from '../storage/file-digest.ts';
import { storeState } from '../storage/files.ts';
import { storeSignature } from '../storage/signature.ts';
import { readHead } from './head.ts';
import type { RepositoryPaths } from './paths.ts';
import { lookAtVek, type VekLook } from './store.ts';

/** How many names there are in a table, and the SHA-256 over all of them, sorted, each with a line feed. */
export type NamesDigest = { readonly count: number; readonly sha256: string };

/** What the files of a repository are at one moment, without any content. */
export type EvidenceFacts = {
  readonly signature: string;
  readonly file: FileDigest;
  /** the log beside the database, where commits wait in it */
  readonly log: FileDigest | null;
  readonly salvage: boolean;
  readonly schema: { readonly version: number | null; readonly columns: readonly string[] };
  readonly head: Head;
  readonly refs: readonly Ref[];
  readonly counts: { readonly calls: number; readonly objects: number; readonly refs: number };
  readonly calls: NamesDigest;
  readonly objects: NamesDigest;
};

export type EvidenceJobInput = { readonly paths: RepositoryPaths };
export type EvidenceProgress = { readonly done: number; readonly total: number };

/** How often the files are read again because they changed meanwhile. */
const ATTEMPTS = 3;

/** The job `vek.evidence`: digests of the files and of all names in them, all of one moment. */
export const evidenceJob: JobHandler<EvidenceJobInput, EvidenceFacts, EvidenceProgress> = async (
  { paths },
  { progress },
) => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const read = await readOnce(paths, progress);
    if (!read.ok || read.value !== null) return read as Result<EvidenceFacts>;
  }
  return fail(
    'busy',
    `${paths.db} kept changing while it was read, so no evidence was made.`,
    'Another process is recording. Try again when it is done.',
  );
};

/** Null: the store moved meanwhile. */
async function readOnce(
  paths: RepositoryPaths,
  progress: (value: EvidenceProgress) => void,
): Promise<Result<EvidenceFacts | null>> {
  const signature = storeSignature(paths.db);
  const head = readHead(paths);
  const looked = lookAtVek(paths, (look) => ({
    salvage: look.salvage,
    schema: { version: look.schema.version, columns: look.schema.columns },
    refs: look.refs(),
    counts: { calls: look.counts().nodes, objects: look.counts().objects, refs: look.counts().refs },
    calls: namesDigest(look, 'nodes'),
    objects: namesDigest(look, 'objects'),
  }));
  if (!looked.ok) return looked;
  try {
    // The look has refused what is no ordinary file inside the opened folder.
    const state = storeState(paths.db);
    const total = Number((state.db?.size ?? 0n) + (state.wal?.size ?? 0n));
    const file = await fileDigest(paths.db, (done) => progress({ done, total }));
    const log =
      state.wal?.kind !== 'file' || state.wal.size === 0n
        ? null
        : await fileDigest(`${paths.db}-wal`, (done) => progress({ done: file.bytes + done, total }));
    if (signature === null || storeSignature(paths.db) !== signature) return ok(null);
    return ok({ signature, file, log, head, ...looked.value });
  } catch (error) {
    return systemFailure(error, paths.db);
  }
}

/** Read from the table itself: an index may be damaged. SQLite sorts, in files of its own when they are many. */
function namesDigest(look: VekLook, table: 'nodes' | 'objects'): NamesDigest {
  const sum = createHash('sha256');
  if (!look.schema.tables.has(table)) return { count: 0, sha256: sum.digest('hex') };
  const names = look.db
    .prepare<[], string>(
      `SELECT hash FROM ${table} NOT INDEXED WHERE typeof(hash) = 'text' ORDER BY hash COLLATE BINARY`,
    )
    .pluck();
  let count = 0;
  let lines = '';
  for (const name of names.iterate()) {
    count++;
    lines += `${name}\n`;
    if (count % 1024 !== 0) continue;
    sum.update(lines);
    lines = '';
  }
  return { count, sha256: sum.update(lines).digest('hex') };
}
