import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateDefaults, generateRepository } from '../../bench/generate.ts';

/** What `test.use({ prepare })` and `test.afterAll` of a file need. */
export type LargeRepository = { readonly by: (folder: string) => void; readonly remove: () => void };

/** A repository of so many calls, made when first wanted and copied over `.vek` for each test of a file. */
export function largeRepository(calls: number, seed: number): LargeRepository {
  let made: string | null = null;
  return {
    by: (folder) => {
      if (made === null) {
        made = mkdtempSync(join(tmpdir(), 'vekscope-large-'));
        generateRepository(made, { ...generateDefaults(calls, seed), payload: 60 });
      }
      rmSync(join(folder, '.vek'), { recursive: true });
      cpSync(join(made, '.vek'), join(folder, '.vek'), { recursive: true });
    },
    remove: () => {
      if (made !== null) rmSync(made, { recursive: true, force: true });
    },
  };
}
