import { spawn } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  baseOf,
  closeEditBench,
  contextOf,
  openEditBench,
  writeOutside,
  type EditBench,
} from '../../../../test/support/agent-edits.ts';
import { value } from '../../../../test/support/writes.ts';
import { sha256Of } from './objects.ts';
import { pruneTexts } from './prune.ts';
import { recoverEdits } from './recover.ts';
import { dropSet, listSets, saveSet } from './sets.ts';
import { editStore } from './store.ts';
import { baseText } from './texts.ts';

const SOUL = 'ada/persona/SOUL.md';

let bench: EditBench;
beforeEach(() => {
  bench = openEditBench();
});
afterEach(() => closeEditBench(bench));

const edit = (text: string) => ({ path: SOUL, base: baseOf(bench.ctx, SOUL), text });
const listed = () => value(listSets(contextOf(bench.root, bench.dataDir)));

it('keeps sets over a restart, the newest first, and forgets them', () => {
  expect(listed()).toEqual([]);
  value(saveSet(bench.ctx, { id: 'loose', label: '', edits: [edit('One.\n')] }));
  value(saveSet(bench.ctx, { id: 'a/../b', label: 'Kinder', edits: [] }));
  expect(listed().map(({ id, label, edits }) => [id, label, edits.length])).toEqual([
    ['a/../b', 'Kinder', 0],
    ['loose', '', 1],
  ]);
  value(saveSet(bench.ctx, { id: 'loose', label: '', edits: [] }));
  expect(listed().map(({ id }) => id)).toEqual(['a/../b']);
  value(dropSet(bench.ctx, 'a/../b'));
  value(dropSet(bench.ctx, 'a/../b'));
  expect(listed()).toEqual([]);
});

it('keeps what an edit was made from, also when the file changes and much is pruned', () => {
  const before = baseOf(bench.ctx, SOUL)!;
  const saved = value(saveSet(bench.ctx, { id: 'loose', label: '', edits: [edit('Mine.\n')] }));
  expect(saved.moved).toEqual([]);
  writeOutside(bench, SOUL, 'Theirs.\n');
  expect(listed()[0]!.moved).toEqual([SOUL]);
  // saved again after the file moved: the base is kept still
  value(
    saveSet(bench.ctx, {
      id: 'loose',
      label: '',
      edits: [{ path: SOUL, base: before, text: 'Mine too.\n' }],
    }),
  );
  const store = value(editStore(bench.ctx));
  pruneTexts(store, 0, 1);
  expect(value(baseText(bench.ctx, before))).toBe('Plain and kind.\n');
  expect(sha256Of(Buffer.from('Plain and kind.\n'))).toBe(before);
});

it('says of a new file whether it is there by now', () => {
  const set = { id: 'loose', label: '', edits: [{ path: 'ada/roster.md', base: null, text: '# Roster\n' }] };
  expect(value(saveSet(bench.ctx, set)).moved).toEqual([]);
  writeOutside(bench, 'ada/roster.md', 'theirs\n');
  expect(listed()[0]!.moved).toEqual(['ada/roster.md']);
});

it('keeps the sets of an agent that is opened alone apart from those of the root', () => {
  value(saveSet(bench.ctx, { id: 'loose', label: '', edits: [edit('Root.\n')] }));
  const alone = contextOf(join(bench.root, 'ada'), bench.dataDir);
  expect(value(listSets(alone))).toEqual([]);
  value(
    saveSet(alone, { id: 'loose', label: '', edits: [{ path: 'persona/SOUL.md', base: null, text: 'x' }] }),
  );
  expect(listed()[0]!.edits[0]!.text).toBe('Root.\n');
});

it('leaves a file that can’t be read, and tells of it', () => {
  value(saveSet(bench.ctx, { id: 'loose', label: '', edits: [edit('One.\n')] }));
  value(saveSet(bench.ctx, { id: 'other', label: 'Other', edits: [edit('Two.\n')] }));
  const { sets } = value(editStore(bench.ctx));
  const [first] = readdirSync(sets);
  writeFileSync(join(sets, first!), '{"v":1,');
  expect(listed()).toHaveLength(1);
  expect(value(recoverEdits(bench.ctx))).toEqual([
    `A change set that was kept can't be read, and is left as it is: ${join(sets, first!)}`,
  ]);
});

it('is whole whenever it is read while two windows save at once', async () => {
  const script = `
import { contextOf } from ${JSON.stringify(new URL('../../../../test/support/agent-edits.ts', import.meta.url).href)};
import { saveSet } from ${JSON.stringify(new URL('./sets.ts', import.meta.url).href)};
const [root, dataDir, name] = process.argv.slice(1);
const ctx = contextOf(root, dataDir);
for (let n = 0; n < 40; n++) {
  for (const id of ['loose', name]) {
    const edits = [{ path: 'ada/tools.md', base: null, text: name.repeat(20_000) }];
    const saved = saveSet(ctx, { id, label: name, edits });
    if (!saved.ok) throw new Error(saved.error.message);
  }
}`;
  const windows = ['a', 'b'].map((name) => {
    const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script];
    return spawn(process.execPath, [...args, bench.root, bench.dataDir, name]);
  });
  const codes = windows.map((child) => new Promise((resolve) => child.on('close', resolve)));
  while (windows.some(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
    for (const { id, label, edits } of listed()) {
      expect(edits[0]!.text).toBe(label.repeat(20_000));
      if (id !== 'loose') expect(label).toBe(id);
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect(await Promise.all(codes)).toEqual([0, 0]);
  expect(
    listed()
      .map(({ id }) => id)
      .sort(),
  ).toEqual(['a', 'b', 'loose']);
  expect(value(recoverEdits(bench.ctx))).toEqual([]);
});
