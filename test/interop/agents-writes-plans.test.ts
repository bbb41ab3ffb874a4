import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Change } from '../../src/contract/edits.ts';
import type { EditContext } from '../../src/core/agents/edit/context.ts';
import { planChange } from '../../src/core/agents/edit/plan.ts';
import { applyEdit } from '../../src/core/agents/write/apply.ts';
import { fileHistory } from '../../src/core/agents/write/history.ts';
import { listEdits } from '../../src/core/agents/write/record.ts';
import { baseOf, contextOf } from '../support/agent-edits.ts';
import { realPackage } from '../support/agents-peer.ts';
import { copyGolden } from '../support/goldens.ts';
import { peerPython } from '../support/peers.ts';
import { value } from '../support/writes.ts';

const NOTE = 'harbor/memory/project_spring_issue.md';
const MADE = 'harbor/memory/project_summer_issue.md';
const INDEX = 'harbor/memory/INDEX.md';

function bench() {
  const root = copyGolden('agents/fleet');
  const dataDir = mkdtempSync(join(tmpdir(), 'vekscope-plans-'));
  return {
    root,
    ctx: () => contextOf(root, dataDir),
    read: (path: string) => readFileSync(join(root, path), 'utf8'),
  };
}

/** Plans and applies, as the window and the terminal do. */
function change(ctx: EditContext, asked: Change) {
  return value(applyEdit(ctx, value(planChange(ctx, asked))));
}

const statuses = (root: string): unknown =>
  (realPackage([{ do: 'doctor', root, agent: 'harbor' }])[0] as { name: string; status: string }[]).map(
    ({ name, status }) => [name, status],
  );

describe.skipIf(peerPython() === null)('a planned change of a note', () => {
  it('is written with its version and index, undone and restored, and the package loads it', () => {
    const { root, ctx, read } = bench();
    const before = { note: read(NOTE), index: read(INDEX), statuses: statuses(root) };
    const text = before.note.replace(/^description: .*$/m, 'description: A new line about the spring issue');
    expect(text).not.toBe(before.note);
    const saved = change(ctx(), {
      do: 'save',
      edits: [
        { path: NOTE, base: baseOf(ctx(), NOTE), text },
        { path: MADE, base: null, text: text.replace(/^name: .*$/m, 'name: Summer issue') },
      ],
      label: 'Spring',
    });
    expect(read(NOTE)).toBe(text);
    expect(read(INDEX)).toContain('(project_summer_issue.md)');
    const versions = readdirSync(join(root, 'harbor/memory/.versions/project_spring_issue'));
    expect(versions.map((name) => read(`harbor/memory/.versions/project_spring_issue/${name}`))).toContain(
      before.note,
    );
    expect(statuses(root)).toEqual(before.statuses);
    const [first] = value(fileHistory(ctx(), NOTE));
    expect(first).toMatchObject({ how: 'saved', label: 'Spring', edit: saved.id, current: true });

    const undone = change(ctx(), { do: 'undo', edit: saved.id });
    expect([read(NOTE), read(INDEX)]).toEqual([before.note, before.index]);
    expect(value(listEdits(ctx())).map(({ state }) => state)).toEqual(['done', 'undone']);
    change(ctx(), { do: 'undo', edit: undone.id });
    expect(read(NOTE)).toBe(text);
    expect(value(listEdits(ctx())).map(({ state }) => state)).toEqual(['done', 'undone', 'done']);

    const version = value(fileHistory(ctx(), NOTE)).find(({ sha256 }) => sha256 !== first!.sha256)!;
    change(ctx(), { do: 'restore', path: NOTE, version: version.sha256! });
    expect(read(NOTE)).toBe(before.note);
    expect(statuses(root)).toEqual(before.statuses);
  });
});
