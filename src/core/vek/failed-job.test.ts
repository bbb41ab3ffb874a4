import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { generateDefaults, generateRepository } from '../../../bench/generate.ts';
import { copyGolden, goldenCases } from '../../../test/support/goldens.ts';
import { parseJsonBytes } from '../json/decode.ts';
import { failedJob } from './failed-job.ts';
import { repositoryAt, type RepositoryPaths } from './paths.ts';
import { lookAtVek } from './store.ts';
import { summariseCall } from './summary.ts';

const context = { progress: () => undefined, transfer: () => undefined, after: () => undefined };

function pathsOf(root: string): RepositoryPaths {
  const paths = repositoryAt(join(root, '.vek'));
  if (paths === null) throw new Error(`${root} holds no repository`);
  return paths;
}

/** Every call summarised with its input and output, as its row shows it. */
function oneByOne(paths: RepositoryPaths, after: number): number[] {
  const looked = lookAtVek(paths, (s) => {
    const rowids = s.db
      .prepare<[number], number>('SELECT rowid FROM nodes WHERE rowid > ? ORDER BY rowid')
      .pluck();
    const tree = (hash: string) => {
      const parsed = parseJsonBytes(s.object(hash)?.bytes ?? new Uint8Array([0xff]));
      return parsed.ok ? parsed.node : null;
    };
    return rowids.all(after).filter((rowid) => {
      const record = s.nodeAt(rowid)!;
      return summariseCall(record.tool, tree(record.input_hash), tree(record.output_hash)).failed;
    });
  });
  return looked.ok ? looked.value : [];
}

async function byJob(paths: RepositoryPaths, afterRowid: number): Promise<number[]> {
  const found = await failedJob({ paths, afterRowid }, context);
  return found.ok ? [...found.value] : [];
}

test.each(goldenCases())('failed calls of %s are those whose rows say so', async (name) => {
  const root = copyGolden(name);
  const paths = pathsOf(root);
  expect(await byJob(paths, 0)).toEqual(oneByOne(paths, 0));
  expect(await byJob(paths, 5)).toEqual(oneByOne(paths, 5));
  rmSync(root, { recursive: true });
});

test('a large repository, read object by object, gives the same calls', async () => {
  const seed = Number(process.env['VEKSCOPE_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  console.log(`seed ${seed}`);
  const root = mkdtempSync(join(tmpdir(), 'vekscope-failed-'));
  generateRepository(root, { ...generateDefaults(21_000, seed), payload: 200 });
  const paths = pathsOf(root);
  const expected = oneByOne(paths, 0);
  expect(expected.length).toBeGreaterThan(100);
  const told: { done: number; total: number }[] = [];
  const found = await failedJob(
    { paths, afterRowid: 0 },
    { ...context, progress: (step) => told.push(step) },
  );
  expect(found.ok && [...found.value]).toEqual(expected);
  const dones = told.map(({ done }) => done);
  expect(dones).toEqual(dones.toSorted((a, b) => a - b));
  expect(told.at(-1)!.done).toBeGreaterThan(told[0]!.total * 0.9);
  expect(told.every(({ done, total }) => done <= total && total === told[0]!.total)).toBe(true);
  rmSync(root, { recursive: true });
});
