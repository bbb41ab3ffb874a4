import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Result } from '../core/result.ts';
import type { EngineOptions } from './options.ts';

/** The folder in the app folder that holds the person's own copy of the sample. */
export function sampleFolder(options: Pick<EngineOptions, 'dataDir'>): string {
  return join(options.dataDir, 'sample', 'atlas-research');
}

/** What is shipped beside the repository, each in a folder of its own. */
const BESIDE = ['agents', 'ledger'] as const;

/**
 * Returns the folder of the sample workspace: a copy in the app folder, so that forking in it never touches what
 * was shipped. It is made on first use, whole or not at all; a copy that an earlier version made gets the parts that it
 * lacks, and nothing that is there is touched.
 */
export function openSampleFolder(options: EngineOptions): Result<string> {
  const folder = sampleFolder(options);
  const { sample } = options;
  const isThere = existsSync(join(folder, '.vek'));
  if (sample === null || !existsSync(join(sample, 'dot-vek'))) {
    if (isThere) return ok(folder);
    return fail(
      'not-found',
      'The sample workspace was not shipped with this build.',
      'Open a folder of your own.',
    );
  }
  try {
    if (isThere) addMissing(sample, folder);
    else makeWhole(sample, folder);
    return ok(folder);
  } catch (error) {
    if (isThere) return ok(folder);
    return fail(
      'io',
      `The sample workspace could not be copied to ${folder}.`,
      'Check that the folder can be written and has space left, or set VEKSCOPE_DATA to another one.',
      String(error),
    );
  }
}

function makeWhole(sample: string, folder: string): void {
  const fresh = `${folder}.${process.pid}.tmp`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  cpSync(join(sample, 'dot-vek'), join(fresh, '.vek'), { recursive: true });
  for (const part of BESIDE) {
    const shipped = join(sample, part);
    if (existsSync(shipped)) cpSync(shipped, join(fresh, part), { recursive: true });
  }
  rmSync(folder, { recursive: true, force: true });
  renameSync(fresh, folder);
}

function addMissing(sample: string, folder: string): void {
  for (const part of BESIDE) {
    const shipped = join(sample, part);
    if (!existsSync(shipped) || existsSync(join(folder, part))) continue;
    const fresh = `${folder}.${part}.${process.pid}.tmp`;
    rmSync(fresh, { recursive: true, force: true });
    cpSync(shipped, fresh, { recursive: true });
    renameSync(fresh, join(folder, part));
  }
}
