import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ChangeKind, Edit, EditPlan, FileEdit, WrittenFor } from '../../src/contract/edits.ts';
import { editContext, type EditContext } from '../../src/core/agents/edit/context.ts';
import { placeOf } from '../../src/core/agents/file-kind.ts';
import { agentsRootAt } from '../../src/core/agents/root.ts';
import { applyEdit } from '../../src/core/agents/write/apply.ts';
import { editsToUndo } from '../../src/core/agents/write/undo.ts';
import { sha256Of } from '../../src/core/agents/write/objects.ts';
import type { Result } from '../../src/core/result.ts';
import { value } from './writes.ts';

/** A small root with two agents, and an app folder of its own. */
export type EditBench = { readonly root: string; readonly dataDir: string; readonly ctx: EditContext };

const NOTE = `---
schema_version: 1
name: Print house
description: Where the magazine is printed
type: decision
captured: 2026-05-01
last_seen: 2026-05-02
sources: [log 2026-05-01]
confidence: high
---
Decided: the one by the river.
`;

/** The files of the bench. */
export const FILES: Readonly<Record<string, string>> = {
  'ada/model.md': '# Model\n\n## Default model\n\n**`gpt-5`**\n',
  'ada/tools.md': '# Tools\n\n## Write paths\n- `memory/`\n',
  'ada/persona/IDENTITY.md': '# Ada\n',
  'ada/persona/SOUL.md': 'Plain and kind.\n',
  'ada/memory/INDEX.md':
    '# Memory Index\n\n## Locked Decisions\n- [Print house](decision_print_house.md) — Where the magazine is printed\n',
  'ada/memory/decision_print_house.md': NOTE,
  'bob/model.md': '# Model\n\n## Default model\n\n**`gpt-5`**\n',
  'bob/persona/IDENTITY.md': '# Bob\n',
  'bob/persona/SOUL.md': 'Short.\n',
  'bob/memory/INDEX.md': '# Memory Index\n',
  'policy.md': '# Policy\n\n```yaml\ncost_caps:\n  daily_usd: 5\n```\n',
};

export function openEditBench(files: Readonly<Record<string, string | Uint8Array>> = FILES): EditBench {
  const root = join(mkdtempSync(join(tmpdir(), 'vekscope-edit-')), 'office');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const dataDir = mkdtempSync(join(tmpdir(), 'vekscope-edit-data-'));
  return { root, dataDir, ctx: contextOf(root, dataDir) };
}

export function closeEditBench({ root, dataDir }: EditBench): void {
  for (const folder of [dirname(root), dataDir]) rmSync(folder, { recursive: true, force: true });
}

/** The context of a folder as it stands now. */
export function contextOf(path: string, dataDir: string, probe?: (point: string) => void): EditContext {
  const root = value(agentsRootAt(path));
  if (root === null) throw new Error(`There are no agents in ${path}`);
  const ctx = editContext(root, dataDir, '2026-06-08', 'window');
  return probe === undefined ? ctx : { ...ctx, probe };
}

/** A file of a plan that is made by hand. */
export type PlanFile = FileEdit & { readonly writtenFor?: WrittenFor };

/** A plan of exactly these edits, without what the rules of the format add. */
export function planOf(
  ctx: EditContext,
  edits: readonly PlanFile[],
  does: ChangeKind = 'save',
  title = 'Save',
): EditPlan {
  return {
    id: randomBytes(12).toString('hex'),
    does,
    title,
    label: null,
    files: edits.map(({ path, base, text, writtenFor = 'person' }) => ({
      path,
      kind: placeOf(ctx.folder, path).kind,
      // a plan has both texts; applying relies on the hash alone
      before: base === null ? null : { sha256: base, text: '' },
      after: text === null ? null : { sha256: sha256Of(Buffer.from(text)), text },
      writtenFor,
      why: '',
      findings: [],
    })),
    agents: [],
    prompts: [],
    warnings: [],
    blocked: null,
    madeAtMicros: ctx.nowMicros(),
  };
}

/** The hash of what stands in a file; null: nothing. */
export function baseOf(ctx: EditContext, path: string): string | null {
  const file = ctx.folder.text(path);
  return file.ok ? file.value.sha256 : null;
}

/** Plans upon what stands now, and applies. */
export function save(ctx: EditContext, texts: Readonly<Record<string, string | null>>): Result<Edit> {
  const edits = Object.entries(texts).map(([path, text]) => ({ path, base: baseOf(ctx, path), text }));
  return applyEdit(ctx, planOf(ctx, edits));
}

/** Puts a version back. */
export function restore(ctx: EditContext, edits: readonly FileEdit[]): Result<Edit> {
  return applyEdit(ctx, planOf(ctx, edits, 'restore', 'Restore'));
}

/** Takes a write back. */
export function undo(ctx: EditContext, edit: string): Result<Edit> {
  const edits = editsToUndo(ctx, edit);
  if (!edits.ok) return edits;
  return applyEdit(ctx, { ...planOf(ctx, edits.value.edits, 'undo', 'Undo'), undoes: edit });
}

export function bytesOf({ root }: EditBench, path: string): Buffer {
  return readFileSync(join(root, path));
}

export function textOf(bench: EditBench, path: string): string {
  return bytesOf(bench, path).toString('utf8');
}

/** Writes a file as a program does that knows nothing of us. */
export function writeOutside({ root }: EditBench, path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

/** Replaces a file in one step, as the runtime does. */
export function replaceOutside({ root }: Pick<EditBench, 'root'>, path: string, text: string): void {
  const temporary = join(root, `${path}.other`);
  writeFileSync(temporary, text);
  renameSync(temporary, join(root, path));
}
