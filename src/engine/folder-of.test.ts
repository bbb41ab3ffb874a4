import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
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

it('a folder of an agent stands for itself, and so does what may not be opened', () => {
  expect(value(folderOf(join(root, 'quill'), null))).toBe(join(root, 'quill'));
  expect(value(folderOf(join(root, 'quill', 'goal.md'), [join(root, 'quill')]))).toBe(join(root, 'quill'));
  expect(failure(folderOf(join(root, 'nope'), null)).kind).toBe('not-found');
});
