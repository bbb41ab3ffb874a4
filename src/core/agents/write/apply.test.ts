import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  baseOf,
  bytesOf,
  closeEditBench,
  contextOf,
  openEditBench,
  planOf,
  replaceOutside,
  save,
  textOf,
  undo,
  writeOutside,
  type EditBench,
} from '../../../../test/support/agent-edits.ts';
import { failure, value } from '../../../../test/support/writes.ts';
import { limits } from '../../storage/limits.ts';
import { applyEdit } from './apply.ts';
import { listEdits } from './record.ts';

const NOTE = 'ada/memory/decision_print_house.md';
const SOUL = 'ada/persona/SOUL.md';

let bench: EditBench;
beforeEach(() => {
  bench = openEditBench();
});
afterEach(() => closeEditBench(bench));

/** Files of a folder and all below that are neither texts nor locks. */
function strays(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.tmp$|\.new\./.test(name),
  );
}

describe('writing a text', () => {
  it('changes the bytes of the text and nothing else', () => {
    const untouched = bytesOf(bench, NOTE);
    const edit = value(save(bench.ctx, { [SOUL]: 'Plain, kind and brief.\n' }));
    expect(textOf(bench, SOUL)).toBe('Plain, kind and brief.\n');
    expect(bytesOf(bench, NOTE)).toEqual(untouched);
    expect(edit.state).toBe('done');
    expect(value(listEdits(bench.ctx)).map(({ id, undoBlocked }) => [id, undoBlocked])).toEqual([
      [edit.id, null],
    ]);
    expect(strays(bench.root)).toEqual([]);
  });

  it.each([
    ['CRLF', 'one\r\ntwo\r\n', 'one\r\ntwo and a half\r\n'],
    ['mixed line ends', 'one\r\ntwo\nthree\r', 'one\r\nTWO\nthree\r'],
    ['a BOM', '\uFEFFone\n', '\uFEFFtwo\n'],
    ['no final newline', 'one\ntwo', 'one\nthree'],
    ['nothing', '', '\n'],
    ['characters beyond the first plane', 'a𝄞\u0301\u2028b', '𝄞𝄞'],
  ])('keeps %s to the byte', (_name, before, after) => {
    writeOutside(bench, SOUL, before);
    value(save(bench.ctx, { [SOUL]: after }));
    expect(bytesOf(bench, SOUL)).toEqual(Buffer.from(after));
    value(undo(bench.ctx, value(listEdits(bench.ctx))[0]!.id));
    expect(bytesOf(bench, SOUL)).toEqual(Buffer.from(before));
  });

  it.each([0o644, 0o600, 0o664, 0o755])('keeps the mode %o', (mode) => {
    chmodSync(join(bench.root, SOUL), mode);
    value(save(bench.ctx, { [SOUL]: 'New.\n' }));
    expect(statSync(join(bench.root, SOUL)).mode & 0o7777).toBe(mode);
  });

  it('writes to the file that a link leads to, and leaves the link', () => {
    renameSync(join(bench.root, SOUL), join(bench.root, 'ada', 'real-soul.md'));
    symlinkSync('../real-soul.md', join(bench.root, SOUL));
    value(save(bench.ctx, { [SOUL]: 'Through the link.\n' }));
    expect(lstatSync(join(bench.root, SOUL)).isSymbolicLink()).toBe(true);
    expect(textOf(bench, 'ada/real-soul.md')).toBe('Through the link.\n');
  });

  it('refuses a link that leads out, and a folder that does', () => {
    const outside = join(bench.dataDir, 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'SOUL.md'), 'Theirs.\n');
    rmSync(join(bench.root, SOUL));
    symlinkSync(join(outside, 'SOUL.md'), join(bench.root, SOUL));
    symlinkSync(outside, join(bench.root, 'ada', 'skills'));
    const plan = planOf(bench.ctx, [{ path: SOUL, base: null, text: 'Mine.\n' }]);
    expect(failure(applyEdit(bench.ctx, plan)).kind).toBe('refused');
    const inside = planOf(bench.ctx, [{ path: 'ada/skills/a/SKILL.md', base: null, text: 'Mine.\n' }]);
    expect(failure(applyEdit(bench.ctx, inside)).kind).toBe('refused');
    expect(readdirSync(outside)).toEqual(['SOUL.md']);
    expect(readFileSync(join(outside, 'SOUL.md'), 'utf8')).toBe('Theirs.\n');
  });

  it.each([
    '../policy.md',
    '/etc/hosts',
    'ada/../../x.md',
    'ada//x.md',
    'ada/./x.md',
    'ada\\..\\x.md',
    'ada/x\0.md',
  ])('refuses the path %j', (path) => {
    const plan = planOf(bench.ctx, [{ path, base: null, text: 'x' }]);
    expect(['refused', 'bad-request']).toContain(failure(applyEdit(bench.ctx, plan)).kind);
  });

  it('refuses what is no UTF-8, and says so', () => {
    writeOutside(bench, SOUL, Buffer.from([0x41, 0xff, 0x0a]));
    const error = failure(save(bench.ctx, { [SOUL]: 'A\n' }));
    expect(error.kind).toBe('refused');
    expect(error.message).toContain(`${SOUL} is not UTF-8`);
    expect(bytesOf(bench, SOUL)).toEqual(Buffer.from([0x41, 0xff, 0x0a]));
    const lone = planOf(bench.ctx, [
      { path: 'ada/memory/INDEX.md', base: baseOf(bench.ctx, 'ada/memory/INDEX.md'), text: 'a\ud800' },
    ]);
    expect(failure(applyEdit(bench.ctx, lone)).kind).toBe('refused');
  });

  it('refuses files beyond the size that is read', () => {
    writeOutside(bench, SOUL, 'x'.repeat(limits.agentFileBytes + 1));
    const plan = planOf(bench.ctx, [{ path: SOUL, base: baseOf(bench.ctx, SOUL), text: 'x' }]);
    expect(failure(applyEdit(bench.ctx, plan)).kind).toBe('too-large');
    const large = planOf(bench.ctx, [
      { path: 'ada/new.md', base: null, text: 'x'.repeat(limits.agentFileBytes + 1) },
    ]);
    expect(failure(applyEdit(bench.ctx, large)).kind).toBe('too-large');
  });

  it('refuses a text that is not the planned one', () => {
    const plan = planOf(bench.ctx, [{ path: SOUL, base: baseOf(bench.ctx, SOUL), text: 'One.\n' }]);
    const [file] = plan.files;
    const other = { ...plan, files: [{ ...file!, after: { ...file!.after!, text: 'Two.\n' } }] };
    expect(failure(applyEdit(bench.ctx, other)).kind).toBe('refused');
    expect(textOf(bench, SOUL)).toBe('Plain and kind.\n');
  });
});

describe('making and taking away', () => {
  it('makes a file with its folders, and undoing takes both away', () => {
    const edit = value(save(bench.ctx, { 'ada/skills/review/SKILL.md': '---\nname: review\n---\n' }));
    expect(textOf(bench, 'ada/skills/review/SKILL.md')).toContain('name: review');
    value(undo(bench.ctx, edit.id));
    expect(existsSync(join(bench.root, 'ada/skills'))).toBe(false);
  });

  it('leaves a folder that others use by now', () => {
    const edit = value(save(bench.ctx, { 'ada/skills/review/SKILL.md': 'x\n' }));
    writeOutside(bench, 'ada/skills/review/notes.md', 'theirs\n');
    value(undo(bench.ctx, edit.id));
    expect(readdirSync(join(bench.root, 'ada/skills/review'))).toEqual(['notes.md']);
  });

  it('says that a file is there by now, and leaves it', () => {
    const plan = planOf(bench.ctx, [{ path: 'ada/roster.md', base: null, text: 'mine\n' }]);
    writeOutside(bench, 'ada/roster.md', 'theirs\n');
    expect(failure(applyEdit(bench.ctx, plan)).kind).toBe('exists');
    expect(textOf(bench, 'ada/roster.md')).toBe('theirs\n');
  });

  it('takes a file away, and undoing brings it back with its mode', () => {
    const edit = value(save(bench.ctx, { [NOTE]: null }));
    expect(existsSync(join(bench.root, NOTE))).toBe(false);
    value(undo(bench.ctx, edit.id));
    expect(textOf(bench, NOTE)).toContain('by the river');
  });

  it('makes an agent that was not there', () => {
    value(save(bench.ctx, { 'cleo/persona/IDENTITY.md': '# Cleo\n', 'cleo/model.md': '# Model\n' }));
    expect(readdirSync(join(bench.root, 'cleo')).sort()).toEqual(['model.md', 'persona']);
  });
});

describe('several files', () => {
  it('writes none where one changed since', () => {
    const plan = planOf(bench.ctx, [
      { path: SOUL, base: baseOf(bench.ctx, SOUL), text: 'New.\n' },
      { path: NOTE, base: baseOf(bench.ctx, NOTE), text: 'New note.\n' },
    ]);
    writeOutside(bench, NOTE, 'theirs\n');
    const error = failure(applyEdit(bench.ctx, plan));
    expect(error).toMatchObject({ kind: 'conflict', message: `${NOTE} was changed since.` });
    expect(textOf(bench, SOUL)).toBe('Plain and kind.\n');
    expect(value(listEdits(bench.ctx))).toEqual([]);
  });

  it('puts back what was written where a later one fails', () => {
    const ctx = contextOf(bench.root, bench.dataDir, (point) => {
      if (point === 'file2-written') writeOutside(bench, NOTE, 'theirs\n');
    });
    const plan = planOf(ctx, [
      { path: SOUL, base: baseOf(ctx, SOUL), text: 'New.\n' },
      { path: 'ada/skills/a/SKILL.md', base: null, text: 'skill\n' },
      { path: NOTE, base: baseOf(ctx, NOTE), text: 'New note.\n' },
    ]);
    const error = failure(applyEdit(ctx, plan));
    expect(error.kind).toBe('conflict');
    expect(error.message).toContain('as it was');
    expect(textOf(bench, SOUL)).toBe('Plain and kind.\n');
    expect(textOf(bench, NOTE)).toBe('theirs\n');
    expect(existsSync(join(bench.root, 'ada/skills'))).toBe(false);
    expect(value(listEdits(bench.ctx)).map(({ state }) => state)).toEqual(['rolled-back']);
    // the same plan can be tried again, as another write
    writeOutside(bench, NOTE, '');
    const again = { ...plan, files: plan.files.slice(0, 2) };
    value(applyEdit(bench.ctx, again));
    expect(value(listEdits(bench.ctx)).map(({ state }) => state)).toEqual(['done', 'rolled-back']);
  });

  it('names what could not be put back', () => {
    const ctx = contextOf(bench.root, bench.dataDir, (point) => {
      if (point !== 'file1-written') return;
      writeOutside(bench, SOUL, 'theirs\n');
      writeOutside(bench, NOTE, 'theirs too\n');
    });
    const plan = planOf(ctx, [
      { path: SOUL, base: baseOf(ctx, SOUL), text: 'New.\n' },
      { path: NOTE, base: baseOf(ctx, NOTE), text: 'New note.\n' },
    ]);
    const error = failure(applyEdit(ctx, plan));
    expect(error.message).toContain(`could not be put back in ${SOUL}`);
    expect(textOf(bench, SOUL)).toBe('theirs\n');
    expect(value(listEdits(bench.ctx)).map(({ state }) => state)).toEqual(['abandoned']);
  });
});

describe('a writer at the same moment', () => {
  const places = ['written', 'ready', 'compared'] as const;
  it.each(places)('keeps what another writes when we are at “%s”', (place) => {
    const ctx = contextOf(bench.root, bench.dataDir, (point) => {
      if (point === `file0-${place}`) replaceOutside(bench, SOUL, 'theirs\n');
    });
    const plan = planOf(ctx, [{ path: SOUL, base: baseOf(ctx, SOUL), text: 'mine\n' }]);
    expect(failure(applyEdit(ctx, plan)).kind).toBe('conflict');
    expect(textOf(bench, SOUL)).toBe('theirs\n');
    expect(strays(bench.root)).toEqual([]);
  });

  it('does not make again what was removed', () => {
    const ctx = contextOf(bench.root, bench.dataDir, (point) => {
      if (point === 'file0-compared') rmSync(join(bench.root, SOUL));
    });
    const plan = planOf(ctx, [{ path: SOUL, base: baseOf(ctx, SOUL), text: 'mine\n' }]);
    expect(failure(applyEdit(ctx, plan)).kind).toBe('conflict');
    expect(existsSync(join(bench.root, SOUL))).toBe(false);
    expect(strays(bench.root)).toEqual([]);
  });

  it('does not take away what was written at that moment', () => {
    const ctx = contextOf(bench.root, bench.dataDir, (point) => {
      if (point === 'file0-compared') replaceOutside(bench, NOTE, 'theirs\n');
    });
    const plan = planOf(ctx, [{ path: NOTE, base: baseOf(ctx, NOTE), text: null }]);
    expect(failure(applyEdit(ctx, plan)).kind).toBe('conflict');
    expect(textOf(bench, NOTE)).toBe('theirs\n');
  });

  it('does not overwrite a file that is made at that moment', () => {
    const ctx = contextOf(bench.root, bench.dataDir, (point) => {
      if (point === 'file0-compared') writeOutside(bench, 'ada/roster.md', 'theirs\n');
    });
    const plan = planOf(ctx, [{ path: 'ada/roster.md', base: null, text: 'mine\n' }]);
    expect(failure(applyEdit(ctx, plan)).kind).toBe('exists');
    expect(textOf(bench, 'ada/roster.md')).toBe('theirs\n');
  });
});

describe('without Perl and flock', () => {
  const savedPath = process.env['PATH'];
  beforeEach(() => {
    process.env['PATH'] = join(bench.dataDir, 'nothing');
  });
  afterEach(() => {
    process.env['PATH'] = savedPath;
  });

  it('writes, makes and takes away by comparing alone', () => {
    const edit = value(save(bench.ctx, { [SOUL]: 'New.\n', 'ada/roster.md': '# Roster\n', [NOTE]: null }));
    expect(textOf(bench, SOUL)).toBe('New.\n');
    value(undo(bench.ctx, edit.id));
    expect(textOf(bench, SOUL)).toBe('Plain and kind.\n');
    expect(strays(bench.root)).toEqual([]);
  });

  it('sees what another writes up to the comparing', () => {
    const ctx = contextOf(bench.root, bench.dataDir, (point) => {
      if (point === 'file0-compared') replaceOutside(bench, SOUL, 'theirs\n');
    });
    const plan = planOf(ctx, [{ path: SOUL, base: baseOf(ctx, SOUL), text: 'mine\n' }]);
    expect(failure(applyEdit(ctx, plan)).kind).toBe('conflict');
    expect(textOf(bench, SOUL)).toBe('theirs\n');
    expect(strays(bench.root)).toEqual([]);
  });
});

it('records nothing that could not be read again', () => {
  const deep = `ada/${'d/'.repeat(60)}x.md`;
  const plan = planOf(bench.ctx, [{ path: deep, base: null, text: 'x' }]);
  expect(failure(applyEdit(bench.ctx, plan)).kind).toBe('too-large');
  expect(existsSync(join(bench.root, 'ada/d'))).toBe(false);
});

it('names a file that is no file', () => {
  mkdirSync(join(bench.root, 'ada/roster.md'));
  const plan = planOf(bench.ctx, [{ path: 'ada/roster.md', base: null, text: 'x' }]);
  expect(['refused', 'exists']).toContain(failure(applyEdit(bench.ctx, plan)).kind);
});

it('does not change another name of the same file', () => {
  linkSync(join(bench.root, SOUL), join(bench.root, 'ada/persona/copy.md'));
  value(save(bench.ctx, { [SOUL]: 'New.\n' }));
  expect(textOf(bench, 'ada/persona/copy.md')).toBe('Plain and kind.\n');
});
