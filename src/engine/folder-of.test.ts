import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { copyGoldenLedger } from '../../test/support/aex/golden-copies.ts';
import { projectRoot } from '../../test/support/peers.ts';
import { failure, value } from '../../test/support/writes.ts';
import { folderOf } from './folder-of.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'vekscope-folder-of-')));
afterAll(() => rmSync(root, { recursive: true, force: true }));
cpSync(join(projectRoot, 'test', 'goldens', 'agents', 'fleet'), root, { recursive: true });
mkdirSync(join(root, 'x', '.vek', 'objects'), { recursive: true });

it('what lies in a .vek stands for its folder, a file of an agent for its fleet', () => {
  expect(value(folderOf(join(root, 'x', '.vek', 'objects'), null))).toBe(join(root, 'x'));
  expect(value(folderOf(join(root, 'quill', 'memory', 'INDEX.md'), null))).toBe(root);
  expect(value(folderOf(join(root, 'policy.md'), null))).toBe(root);
  expect(value(folderOf(join(root, '.personas', 'ops-voice-v2', 'SOUL.md'), null))).toBe(root);
});

it('a file that is a ledger stands for itself, also in .aex and among agents; what lies beside it for its folder', () => {
  const ledger = copyGoldenLedger('small');
  for (const place of [join(root, 'quill', 'budget.sqlite'), join(root, '.aex', 'aex.db')]) {
    mkdirSync(dirname(place), { recursive: true });
    cpSync(ledger.paths.db, place);
    expect(value(folderOf(place, null))).toBe(place);
    expect(value(folderOf(place, [place]))).toBe(place);
  }
  cpSync(join(ledger.paths.dir, 'models.yaml'), join(root, '.aex', 'models.yaml'));
  expect(value(folderOf(join(root, '.aex', 'models.yaml'), null))).toBe(join(root, '.aex'));
  ledger.drop();
});

it('a folder of an agent stands for itself, and so does what may not be opened', () => {
  expect(value(folderOf(join(root, 'quill'), null))).toBe(join(root, 'quill'));
  expect(value(folderOf(join(root, 'quill', 'goal.md'), [join(root, 'quill')]))).toBe(join(root, 'quill'));
  expect(failure(folderOf(join(root, 'nope'), null)).kind).toBe('not-found');
});
