import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { copyGolden } from '../../../test/support/goldens.ts';
import '../../../test/support/data-folder.ts';
import { dropKeptCopies } from '../storage/kept.ts';
import { contentOf } from './content.ts';
import { exportJson, exportJsonl } from './export.ts';
import { log } from './log.ts';
import { materialise } from './materialise.ts';
import { repositoryAt } from './paths.ts';
import { resolveHash } from './resolve.ts';
import { status } from './status.ts';
import { lookAtVek, type VekLook } from './store.ts';

/** Small, fast, and the same everywhere for one seed (mulberry32). */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

function readAll(s: VekLook): number {
  let read = s.problems.length;
  status(s);
  log(s, { n: 'all' });
  resolveHash(s, 'a');
  for (const ref of s.refs()) {
    for (const record of s.children(ref.hash, 100).records) materialise(s, record.hash);
    const node = s.node(ref.hash);
    if (node !== null) read += contentOf(s, node.input_hash, 1000).bytes;
  }
  for (const line of exportJsonl(s)) read += line.length;
  for (const part of exportJson(s)) read += part.length;
  return read;
}

const rounds = Number(process.env['VEKSCOPE_FUZZ_ROUNDS'] ?? 60);

const seed = Number(process.env['VEKSCOPE_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

it(`a database with damaged bytes is read as far as it goes or fails in words (seed ${seed})`, () => {
  const random = randomFrom(seed);
  let readable = 0;
  for (let round = 0; round < rounds; round += 1) {
    const paths = repositoryAt(copyGolden(['forked', 'linear', 'values'][round % 3]!))!;
    const bytes = readFileSync(paths.db);
    for (let i = random(30) + 1; i > 0; i -= 1) {
      // Half of the damage falls on the structure at the beginning of a page, where it hurts most.
      const page = random(bytes.length / 4096) * 4096;
      const at = page + (random(2) === 0 ? random(32) : random(4096));
      bytes[at] = random(256);
    }
    writeFileSync(paths.db, random(4) === 0 ? bytes.subarray(0, random(bytes.length)) : bytes);
    const looked = lookAtVek(paths, readAll);
    if (looked.ok) readable += 1;
    else {
      expect(['damaged', 'not-a-database', 'refused', 'io', 'too-large']).toContain(looked.error.kind);
      expect(looked.error.message.length).toBeGreaterThan(10);
    }
    dropKeptCopies();
  }
  expect(readable).toBeGreaterThan(rounds / 10);
});
