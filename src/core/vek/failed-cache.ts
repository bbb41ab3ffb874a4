import { readFileSync, rmSync, statSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { limits } from '../storage/limits.ts';
import { isSystemError } from '../storage/failures.ts';
import { cacheFile, inodeOf, writeCacheFile } from '../storage/cache-file.ts';
import type { RepositoryPaths } from './paths.ts';

/** Changed whenever a file of an older version of the program must not be read. */
const FORMAT = 1;
const ENDING = '.failed';

/** How far a repository was searched: the number of its calls, and the last of them. */
export type Reach = {
  readonly count: number;
  readonly rowid: number;
  readonly keyHigh: number;
  readonly keyLow: number;
};

/** Row numbers, ascending, of the calls that failed among those of `reach`. */
export type FailedCalls = { readonly reach: Reach; readonly rowids: Float64Array };

const fileSchema = z.object({
  format: z.literal(FORMAT),
  program: z.string(),
  inode: z.string(),
  reach: z.object({ count: z.number(), rowid: z.number(), keyHigh: z.number(), keyLow: z.number() }),
  rowids: z.array(z.number()),
});

/**
 * Keeps which calls failed, beside the index. `program` is the version that searched: another one may know other
 * failures. Returns false where the file can't be written: the next opening searches again.
 */
export function saveFailed(
  paths: RepositoryPaths,
  dataDir: string,
  program: string,
  { reach, rowids }: FailedCalls,
): boolean {
  try {
    const inode = inodeOf(paths.db);
    const text = JSON.stringify({ format: FORMAT, program, inode, reach, rowids: Array.from(rowids) });
    writeCacheFile(paths, dataDir, ENDING, `${crc32(text)}\n${text}`);
    return true;
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}

/** What was kept of this very database by this version, or null. It holds as long as the calls of `reach` are there. */
export function loadFailed(paths: RepositoryPaths, dataDir: string, program: string): FailedCalls | null {
  try {
    const file = cacheFile(paths, dataDir, ENDING);
    if (statSync(file).size > limits.indexFileBytes / 4) return null;
    const content = readFileSync(file, 'utf8');
    const text = content.slice(content.indexOf('\n') + 1);
    if (content !== `${crc32(text)}\n${text}`) return null;
    const parsed = fileSchema.safeParse(JSON.parse(text));
    if (!parsed.success || parsed.data.program !== program || parsed.data.inode !== inodeOf(paths.db))
      return null;
    return { reach: parsed.data.reach, rowids: Float64Array.from(parsed.data.rowids) };
  } catch (error) {
    if (isSystemError(error) || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Takes away what was kept of a repository. */
export function dropFailed(paths: RepositoryPaths, dataDir: string): void {
  try {
    rmSync(cacheFile(paths, dataDir, ENDING), { force: true });
  } catch (error) {
    // Without its database a repository has no such file either.
    if (!isSystemError(error)) throw error;
  }
}
