import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { failure, value } from '../../../test/support/writes.ts';
import { openFolder, type AgentFolder } from '../../core/agents/folder.ts';
import { agentsRootAt } from '../../core/agents/root.ts';
import { keepFolder } from './kept-folder.ts';

let root: string;
let folder: AgentFolder;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vekscope-kept-'));
  mkdirSync(join(root, 'a', 'memory'), { recursive: true });
  writeFileSync(join(root, 'a', 'model.md'), 'one');
  folder = keepFolder(openFolder(value(agentsRootAt(root))!));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const text = (path: string): string | null => value(folder.text(path)).text;
const names = (path: string): string[] => value(folder.list(path)).map(({ name }) => name);

it('what was read stays until it is named', () => {
  expect(text('a/model.md')).toBe('one');
  expect(names('a/memory')).toEqual([]);
  expect(folder.isFile('a/memory/n.md')).toBe(false);
  expect(failure(folder.text('a/memory/n.md')).kind).toBe('not-found');
  writeFileSync(join(root, 'a', 'model.md'), 'two');
  writeFileSync(join(root, 'a', 'memory', 'n.md'), 'note');
  folder.refresh(['a/other.md']);
  expect([text('a/model.md'), names('a/memory')]).toEqual(['one', []]);
  folder.refresh(['a/memory/n.md']);
  expect([text('a/model.md'), names('a/memory')]).toEqual(['one', ['n.md']]);
  expect([folder.isFile('a/memory/n.md'), folder.has('a/memory/n.md'), text('a/memory/n.md')]).toEqual([
    true,
    true,
    'note',
  ]);
  folder.refresh();
  expect(text('a/model.md')).toBe('two');
});

it('a folder that changed takes with it what lies below', () => {
  writeFileSync(join(root, 'a', 'memory', 'n.md'), 'note');
  expect([text('a/memory/n.md'), names('')]).toEqual(['note', ['a']]);
  renameSync(join(root, 'a'), join(root, 'b'));
  folder.refresh(['a', 'b']);
  expect(failure(folder.text('a/memory/n.md')).kind).toBe('not-found');
  expect([text('b/memory/n.md'), names('')]).toEqual(['note', ['b']]);
});
