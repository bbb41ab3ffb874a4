import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Result } from '../core/result.ts';
import type { EngineOptions } from './options.ts';

/** The folder in the app folder that holds the person's own copy of the sample. */
export function sampleFolder(options: Pick<EngineOptions, 'dataDir'>): string {
  return join(options.dataDir, 'sample', 'atlas-research');
}

/**
 * Returns the folder of the sample workspace: a copy in the app folder, so that forking in it never touches what
 * was shipped. It is made on first use, whole or not at all.
 */
export function openSampleFolder(options: EngineOptions): Result<string> {
  const folder = sampleFolder(options);
  if (existsSync(join(folder, '.vek'))) return ok(folder);
  if (options.sample === null || !existsSync(join(options.sample, 'dot-vek'))) {
    return fail(
      'not-found',
      'The sample workspace was not shipped with this build.',
      'Open a folder of your own.',
    );
  }
  const fresh = `${folder}.${process.pid}.tmp`;
  try {
    rmSync(fresh, { recursive: true, force: true });
    mkdirSync(fresh, { recursive: true });
    cpSync(join(options.sample, 'dot-vek'), join(fresh, '.vek'), { recursive: true });
    const agents = join(options.sample, 'agents');
    if (existsSync(agents)) cpSync(agents, join(fresh, 'agents'), { recursive: true });
    rmSync(folder, { recursive: true, force: true });
    renameSync(fresh, folder);
    return ok(folder);
  } catch (error) {
    return fail(
      'io',
      `The sample workspace could not be copied to ${folder}.`,
      'Check that the folder can be written and has space left, or set VEKSCOPE_DATA to another one.',
      String(error),
    );
  }
}
