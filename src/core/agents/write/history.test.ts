import { mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync, appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  baseOf,
  closeEditBench,
  contextOf,
  openEditBench,
  planOf,
  restore,
  save,
  textOf,
  undo,
  writeOutside,
  type EditBench,
} from '../../../../test/support/agent-edits.ts';
import { failure, value } from '../../../../test/support/writes.ts';
import { applyEdit } from './apply.ts';
import { editsToRestore, fileHistory, noteSeen, versionText } from './history.ts';
import { sha256Of } from './objects.ts';
import { pruneTexts } from './prune.ts';
import { listEdits } from './record.ts';
import { recoverEdits } from './recover.ts';
import { editStore } from './store.ts';
import { baseText } from './texts.ts';
import { editsToUndo } from './undo.ts';

const NOTE = 'ada/memory/decision_print_house.md';
const SOUL = 'ada/persona/SOUL.md';
const hash = (text: string): string => sha256Of(Buffer.from(text));

let bench: EditBench;
beforeEach(() => {
  bench = openEditBench();
});
afterEach(() => closeEditBench(bench));

/** What a history says, newest first: how, the text it names, and whether it stands. */
function told(path: string): string[] {
  return value(fileHistory(bench.ctx, path)).map(({ how, sha256, current, kept }) => {
    const text =
      sha256 === null ? 'gone' : kept ? value(versionText(bench.ctx, path, sha256)).trim() : 'not kept';
    return `${how} ${text}${current ? ' *' : ''}`;
  });
}

describe('the history of a file', () => {
  it('has what stands before anything is known', () => {
    expect(told(SOUL)).toEqual(['seen Plain and kind. *']);
    expect(value(fileHistory(bench.ctx, 'ada/roster.md'))).toEqual([]);
  });

  it('has what was saved, and what others wrote before and between', () => {
    value(save(bench.ctx, { [SOUL]: 'One.\n' }));
    writeOutside(bench, SOUL, 'Theirs.\n');
    value(noteSeen(bench.ctx, [SOUL]));
    value(save(bench.ctx, { [SOUL]: 'Two.\n' }));
    writeOutside(bench, SOUL, 'Theirs, not noted.\n');
    value(save(bench.ctx, { [SOUL]: 'Three.\n' }));
    expect(told(SOUL)).toEqual([
      'saved Three. *',
      'seen Theirs, not noted.',
      'saved Two.',
      'seen Theirs.',
      'saved One.',
      'seen Plain and kind.',
    ]);
  });

  it('notes a text once, and that a file is gone', () => {
    for (let n = 0; n < 3; n++) value(noteSeen(bench.ctx, [SOUL, 'ada/roster.md']));
    rmSync(join(bench.root, SOUL));
    for (let n = 0; n < 2; n++) value(noteSeen(bench.ctx, [SOUL]));
    expect(told(SOUL)).toEqual(['seen gone *', 'seen Plain and kind.']);
    expect(value(fileHistory(bench.ctx, 'ada/roster.md'))).toEqual([]);
  });

  it('puts what has an old time of change where it was noticed', () => {
    value(save(bench.ctx, { [SOUL]: 'One.\n' }));
    writeOutside(bench, SOUL, 'From a backup.\n');
    utimesSync(join(bench.root, SOUL), 1_000_000, 1_000_000);
    value(noteSeen(bench.ctx, [SOUL]));
    expect(told(SOUL)[0]).toBe('seen From a backup. *');
  });

  it('marks only the newest of equal texts as standing', () => {
    value(save(bench.ctx, { [SOUL]: 'One.\n' }));
    value(save(bench.ctx, { [SOUL]: 'Two.\n' }));
    value(save(bench.ctx, { [SOUL]: 'One.\n' }));
    expect(told(SOUL)).toEqual(['saved One. *', 'saved Two.', 'saved One.', 'seen Plain and kind.']);
  });

  it('has what the agent keeps of a note itself', () => {
    const folder = join(bench.root, 'ada/memory/.versions/decision_print_house');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `20260601T100000000000Z_${hash('Older.\n').slice(0, 8)}.md`), 'Older.\n');
    writeFileSync(join(folder, 'something-else.md'), 'No version.\n');
    value(save(bench.ctx, { [NOTE]: 'New.\n' }));
    expect(told(NOTE).filter((line) => !line.startsWith('seen'))).toEqual(['saved New. *', 'agent Older.']);
    expect(value(versionText(bench.ctx, NOTE, hash('Older.\n')))).toBe('Older.\n');
    const [edit] = value(editsToRestore(bench.ctx, NOTE, hash('Older.\n')));
    expect(edit).toEqual({ path: NOTE, base: hash('New.\n'), text: 'Older.\n' });
  });

  it('gives no text of another file', () => {
    value(save(bench.ctx, { 'ada/mcp.md': '# Servers\n' }));
    expect(failure(versionText(bench.ctx, SOUL, hash('# Servers\n'))).kind).toBe('not-found');
  });

  it('covers secrets of what is shown, and puts back the real text', () => {
    const text = '# Servers\n\n## mail\n- command: mail\n- env: KEY=s3cret-in-clear\n';
    value(save(bench.ctx, { 'ada/mcp.md': text }));
    value(save(bench.ctx, { 'ada/mcp.md': '# Servers\n' }));
    const shown = value(versionText(bench.ctx, 'ada/mcp.md', hash(text)));
    expect(shown).not.toContain('s3cret');
    expect(value(editsToRestore(bench.ctx, 'ada/mcp.md', hash(text)))[0]!.text).toBe(text);
  });

  it('says that a damaged text can’t be used, and others can', () => {
    value(save(bench.ctx, { [SOUL]: 'One.\n' }));
    value(save(bench.ctx, { [SOUL]: 'Two.\n' }));
    const { objects } = value(editStore(bench.ctx));
    const sha256 = hash('One.\n');
    writeFileSync(join(objects, sha256.slice(0, 2), sha256), 'Onx.\n');
    expect(failure(versionText(bench.ctx, SOUL, sha256)).kind).toBe('damaged');
    expect(value(versionText(bench.ctx, SOUL, hash('Two.\n')))).toBe('Two.\n');
    // keeping the same text again mends it
    value(save(bench.ctx, { [SOUL]: 'One.\n' }));
    expect(value(versionText(bench.ctx, SOUL, sha256))).toBe('One.\n');
  });

  it('restores a version, and one of a file that is gone', () => {
    value(save(bench.ctx, { [SOUL]: 'One.\n' }));
    value(restore(bench.ctx, value(editsToRestore(bench.ctx, SOUL, hash('Plain and kind.\n')))));
    expect(textOf(bench, SOUL)).toBe('Plain and kind.\n');
    expect(failure(editsToRestore(bench.ctx, SOUL, hash('Plain and kind.\n'))).kind).toBe('bad-request');
    rmSync(join(bench.root, SOUL));
    value(restore(bench.ctx, value(editsToRestore(bench.ctx, SOUL, hash('One.\n')))));
    expect(textOf(bench, SOUL)).toBe('One.\n');
  });

  it('is the same for an agent that is opened alone', () => {
    value(save(bench.ctx, { [SOUL]: 'One.\n', 'policy.md': '# Policy\n' }));
    value(save(bench.ctx, { 'bob/persona/SOUL.md': 'Bob.\n' }));
    const alone = contextOf(join(bench.root, 'ada'), bench.dataDir);
    expect(value(fileHistory(alone, 'persona/SOUL.md')).map(({ how }) => how)).toEqual(['saved', 'seen']);
    expect(value(fileHistory(alone, '../policy.md'))[0]).toMatchObject({ how: 'saved', current: true });
    // a write to another agent is none of it
    const [edit, ...more] = value(listEdits(alone));
    expect(more).toEqual([]);
    expect(edit!.files.map(({ path }) => path)).toEqual(['persona/SOUL.md', '../policy.md']);
    value(undo(alone, edit!.id));
    expect(textOf(bench, SOUL)).toBe('Plain and kind.\n');
    expect(value(listEdits(contextOf(bench.root, bench.dataDir))).map(({ state }) => state)).toEqual([
      'done',
      'done',
      'undone',
    ]);
  });
});

describe('undoing', () => {
  it('undoes, and does again what was undone', () => {
    const first = value(save(bench.ctx, { [SOUL]: 'One.\n', 'ada/roster.md': '# Roster\n', [NOTE]: null }));
    expect(value(editsToUndo(bench.ctx, first.id)).of.id).toBe(first.id);
    const undone = value(undo(bench.ctx, first.id));
    expect(textOf(bench, SOUL)).toBe('Plain and kind.\n');
    expect(baseOf(bench.ctx, 'ada/roster.md')).toBe(null);
    const states = () => value(listEdits(bench.ctx)).map(({ state, undoBlocked }) => [state, undoBlocked]);
    expect(states()).toEqual([
      ['done', null],
      ['undone', 'It is undone already.'],
    ]);
    expect(failure(editsToUndo(bench.ctx, first.id)).kind).toBe('conflict');
    value(undo(bench.ctx, undone.id));
    expect(textOf(bench, SOUL)).toBe('One.\n');
    expect(baseOf(bench.ctx, NOTE)).toBe(null);
    expect(states().map(([state]) => state)).toEqual(['done', 'undone', 'done']);
  });

  it('refuses where another changed a file, and names it', () => {
    const edit = value(save(bench.ctx, { [SOUL]: 'One.\n' }));
    writeOutside(bench, SOUL, 'Theirs.\n');
    const error = failure(editsToUndo(bench.ctx, edit.id));
    expect(error.kind).toBe('conflict');
    expect(error.message).toContain(`${SOUL} was changed since`);
    expect(value(listEdits(bench.ctx))[0]!.undoBlocked).toBe(`${SOUL} was changed since.`);
  });

  it('leaves copies that a rule of the format added', () => {
    const copy = 'ada/memory/.versions/decision_print_house/20260608T000000000000Z_00000000.md';
    const plan = planOf(bench.ctx, [
      { path: copy, base: null, text: 'copy\n', writtenFor: 'version' },
      { path: NOTE, base: baseOf(bench.ctx, NOTE), text: 'New.\n' },
    ]);
    const { id } = value(applyEdit(bench.ctx, plan));
    expect(value(editsToUndo(bench.ctx, id)).edits.map(({ path }) => path)).toEqual([NOTE]);
  });

  it('does not undo an answer on which the agent has acted', () => {
    const path = 'ada/vault/escalations/high_risk/p-1.md';
    writeOutside(bench, path, 'state: pending\n');
    const { id } = value(save(bench.ctx, { [path]: 'state: resolved\n' }));
    writeOutside(bench, 'ada/vault/escalations/high_risk/.p-1.md.resolved-emitted', '');
    expect(failure(editsToUndo(bench.ctx, id)).message).toContain('its answer is final');
  });

  it.each(['kept', 'written'])(
    'leaves an answer that the agent acts on at the point “%s” of its undo',
    (when) => {
      const path = 'ada/vault/escalations/high_risk/p-1.md';
      writeOutside(bench, path, 'state: pending\n');
      value(save(bench.ctx, { [path]: 'state: resolved\n' }));
      const ctx = contextOf(bench.root, bench.dataDir, (point) => {
        if (point === when)
          writeOutside(bench, 'ada/vault/escalations/high_risk/.p-1.md.resolved-emitted', '');
      });
      const base = baseOf(ctx, path);
      const plan = planOf(ctx, [{ path, base, text: 'state: pending\n' }], 'undo', 'Undo');
      const error = failure(applyEdit(ctx, plan));
      expect(error.kind).toBe('conflict');
      expect(error.message).toContain('its answer is final');
      expect(textOf(bench, path)).toBe('state: resolved\n');
    },
  );

  it('knows no write that is not recorded', () => {
    expect(failure(editsToUndo(bench.ctx, 'nothing')).kind).toBe('not-found');
  });
});

describe('what is kept', () => {
  it('is for this user only', () => {
    value(save(bench.ctx, { [SOUL]: 'One.\n' }));
    const store = value(editStore(bench.ctx));
    expect(statSync(join(bench.dataDir, 'agent-edits')).mode & 0o777).toBe(0o700);
    expect(statSync(store.objects).mode & 0o777).toBe(0o700);
    const sha256 = hash('One.\n');
    expect(statSync(join(store.objects, sha256.slice(0, 2), sha256)).mode & 0o777).toBe(0o600);
  });

  it('survives lines that are torn or strange', () => {
    value(save(bench.ctx, { [SOUL]: 'One.\n' }));
    const { journal, seen } = value(editStore(bench.ctx));
    appendFileSync(journal, '{"v":1,"type":"begin","id":"x"}\n[]\nnot json\n{"v":1,"type":"beg');
    appendFileSync(seen, '{"v":2}\n{"torn');
    value(save(bench.ctx, { [SOUL]: 'Two.\n' }));
    expect(told(SOUL)).toEqual(['saved Two. *', 'saved One.', 'seen Plain and kind.']);
    expect(value(recoverEdits(bench.ctx))).toEqual([]);
  });

  it('is pruned from the oldest, and never of what is needed', () => {
    const many = Array.from({ length: 60 }, (_, n) => `Text ${n} ${'x'.repeat(200)}\n`);
    for (const text of many) value(save(bench.ctx, { [SOUL]: text }));
    const store = value(editStore(bench.ctx));
    expect(pruneTexts(store, 1_000_000, 1)).toBe(0);
    expect(pruneTexts(store, 1, 1)).toBe(11);
    const kept = value(fileHistory(bench.ctx, SOUL)).map((version) => version.kept);
    expect(kept.filter(Boolean)).toHaveLength(50);
    expect(kept.slice(0, 50).every(Boolean)).toBe(true);
    expect(failure(editsToRestore(bench.ctx, SOUL, hash(many[0]!))).kind).toBe('not-found');
    expect(value(listEdits(bench.ctx)).at(-1)!.undoBlocked).toBe(`${SOUL} was changed since.`);
  }, 120_000);

  it('is pruned where a file manager left a file of its own there', () => {
    value(save(bench.ctx, { [SOUL]: 'One.\n' }));
    const store = value(editStore(bench.ctx));
    writeFileSync(join(store.objects, '.DS_Store'), 'x');
    expect(pruneTexts(store, 1_000_000, 1)).toBe(0);
  });

  it('gives a text by its hash', () => {
    value(save(bench.ctx, { [SOUL]: '\uFEFFOne.\r\n' }));
    expect(value(baseText(bench.ctx, hash('\uFEFFOne.\r\n')))).toBe('\uFEFFOne.\r\n');
    expect(failure(baseText(bench.ctx, hash('never'))).kind).toBe('not-found');
    expect(readdirSync(bench.dataDir)).toEqual(['agent-edits']);
  });
});
