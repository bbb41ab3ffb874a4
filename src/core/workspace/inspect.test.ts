import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyGolden } from '../../../test/support/goldens.ts';
import { failure, value } from '../../../test/support/writes.ts';
import { limits } from '../storage/limits.ts';
import { inspectFolder } from './inspect.ts';

let root: string;
let golden: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vekscope-inspect-'));
  golden = copyGolden('linear');
});
afterEach(() => {
  for (const folder of [root, golden]) rmSync(folder, { recursive: true });
});

function put(...where: string[]): void {
  const at = join(root, ...where);
  mkdirSync(at, { recursive: true });
  cpSync(join(golden, '.vek'), join(at, '.vek'), { recursive: true });
}

const names = (dir = root): string[] => value(inspectFolder(dir)).stores.map((store) => store.name);

/** An agent with as little as tells it from another folder. */
function agent(...where: string[]): void {
  const at = join(root, ...where);
  mkdirSync(join(at, 'persona'), { recursive: true });
  writeFileSync(join(at, 'model.md'), '## Default model\n\n`claude-sonnet-4-6`\n');
}

const found = (dir = root): [string, string][] =>
  value(inspectFolder(dir)).stores.map(({ kind, name }) => [kind, name]);

describe('what is in a folder', () => {
  it('the repository of the folder, or the folder itself', () => {
    put();
    expect(names()).toEqual(['.vek']);
    expect(names(join(root, '.vek'))).toEqual(['.vek']);
    expect(value(inspectFolder(root)).stores[0]).toMatchObject({ kind: 'vek', path: join(root, '.vek') });
  });

  it('those of subfolders too, in order, but not in hidden ones, node_modules and links', () => {
    put();
    put('b', 'c');
    put('a');
    put('node_modules', 'x');
    put('.hidden');
    put('.git');
    symlinkSync(golden, join(root, 'link'));
    expect(names()).toEqual(['.vek', 'a/.vek', 'b/c/.vek']);
  });

  it('says what it did not search', () => {
    const deep = Array.from({ length: limits.searchDepth }, (_, i) => `d${i}`);
    put(...deep);
    put(...deep, 'deeper');
    const { stores, notes } = value(inspectFolder(root));
    expect(stores.map((store) => store.name)).toEqual([`${deep.join('/')}/.vek`]);
    expect(notes.join()).toContain(`1 folders more than ${limits.searchDepth} levels down were not searched`);
  });

  it('ends at a number of folders, and says so', () => {
    for (let i = 0; i <= limits.searchFolders; i++) mkdirSync(join(root, `f${i}`));
    expect(value(inspectFolder(root)).notes.join()).toContain(`ended after ${limits.searchFolders} folders`);
  });

  it('the one above where there is none inside', () => {
    put();
    mkdirSync(join(root, 'src', 'deep'), { recursive: true });
    const { stores, notes } = value(inspectFolder(join(root, 'src', 'deep')));
    expect(stores.map((store) => store.name)).toEqual(['../../.vek']);
    expect(notes.join()).toContain('above the opened folder');
  });

  it('nothing, or no folder at all', () => {
    expect(value(inspectFolder(root)).stores).toEqual([]);
    writeFileSync(join(root, 'file'), '');
    expect(failure(inspectFolder(join(root, 'file'))).kind).toBe('bad-request');
    expect(failure(inspectFolder(join(root, 'nope'))).kind).toBe('not-found');
  });
});

describe('agents in a folder', () => {
  it('a fleet, or one agent', () => {
    agent('harbor');
    agent('quill');
    expect(found()).toEqual([['agents', basename(root)]]);
    const [store] = value(inspectFolder(root)).stores;
    expect(store?.kind === 'agents' && store.root.agents.map(({ name }) => name)).toEqual([
      'harbor',
      'quill',
    ]);
    expect(found(join(root, 'quill'))).toEqual([['agents', 'quill']]);
    const [alone] = value(inspectFolder(join(root, 'quill'))).stores;
    expect(alone).toMatchObject({ path: join(root, 'quill'), root: { single: 'quill' } });
  });

  it('those below subfolders too, but none in hidden ones and none below agents', () => {
    agent('work', 'agents', 'a');
    agent('.hidden', 'b');
    agent('work', 'agents', 'a', 'output', 'c');
    expect(found()).toEqual([['agents', 'work/agents']]);
  });

  it('have deep folders, of which nothing is said', () => {
    agent('a');
    mkdirSync(join(root, 'a', 'skills', 'x', 'y', 'z', 'w'), { recursive: true });
    expect(value(inspectFolder(root)).notes).toEqual([]);
  });

  it('beside repositories, also in one folder and below agents', () => {
    put();
    agent('a');
    put('a', 'output');
    put('a', 'memory');
    put('z');
    expect(found()).toEqual([
      ['vek', '.vek'],
      ['agents', basename(root)],
      ['vek', 'a/output/.vek'],
      ['vek', 'z/.vek'],
    ]);
  });

  it('the ones above where there is nothing inside', () => {
    agent('a');
    agent('b');
    mkdirSync(join(root, 'a', 'memory', '.versions'), { recursive: true });
    mkdirSync(join(root, '.personas', 'x'), { recursive: true });
    mkdirSync(join(root, 'unrelated'));
    for (const inside of [join('a', 'memory'), join('a', 'memory', '.versions'), join('.personas', 'x')]) {
      const { stores, notes } = value(inspectFolder(join(root, inside)));
      expect(stores.map(({ path }) => path)).toEqual([root]);
      expect(notes.join()).toContain(`above the opened folder, in ${root}`);
    }
    expect(found(join(root, 'unrelated'))).toEqual([]);
  });

  it('of an agent that stands alone in a folder nothing above is taken', () => {
    agent('a');
    mkdirSync(join(root, 'a', 'memory'));
    expect(value(inspectFolder(join(root, 'a', 'memory'))).stores.map(({ path }) => path)).toEqual([
      join(root, 'a'),
    ]);
  });
});
