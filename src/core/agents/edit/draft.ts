import type { Draft, DraftFile } from '../../../contract/drafts.ts';
import type { FileEdit } from '../../../contract/edits.ts';
import { fail, ok, type Result } from '../../result.ts';
import { inspectFile } from '../file-inspect.ts';
import { placeOf } from '../file-kind.ts';
import type { AgentFolder } from '../folder.ts';
import { fileOf, tokensOf } from '../parts/read.ts';
import { affectedAgents, changesPrompts } from './affected.ts';
import type { RecordTables } from '../records/table.ts';
import { capEffect } from './cap-effect.ts';
import type { EditContext } from './context.ts';
import { withFixes } from './finding-fixes.ts';
import { frozen, knownFolder } from './frozen.ts';
import { overlayOf } from './overlay.ts';
import { promptEffect } from './prompt-effect.ts';

/** What the runtime would make of texts that are being written. `tables`: the records, for what caps would do. */
export function draftOf(
  ctx: EditContext,
  edits: readonly FileEdit[],
  tables: RecordTables | null = null,
): Result<Draft> {
  const base = frozen(knownFolder(ctx.folder.root));
  for (const { path } of edits) {
    const there = base.text(path);
    if (!there.ok && there.error.kind !== 'not-found') return there;
  }
  const same = new Set(edits.map(({ path }) => path)).size < edits.length;
  if (same) return fail('bad-request', 'A file is there twice.', 'Give one text for each file.');
  const after = overlayOf(base, edits);
  const paths = edits.map(({ path }) => path);
  return ok({
    files: edits.map((edit) => draftFile(base, after, edit, ctx)),
    prompts: affectedAgents(
      base,
      after,
      paths.filter((path) => changesPrompts(after, path)),
    ).map((agent) => promptEffect(base, after, agent, ctx.today)),
    caps: capEffect(after, paths, tables, ctx.today),
  });
}

function draftFile(base: AgentFolder, after: AgentFolder, edit: FileEdit, ctx: EditContext): DraftFile {
  const disk = fileOf(base, edit.path)?.sha256 ?? null;
  const moved = disk !== edit.base;
  const file = fileOf(after, edit.path);
  if (file === null) {
    const { kind, writtenBy } = placeOf(base, edit.path);
    const why = 'It is taken away.';
    return {
      path: edit.path,
      kind,
      writtenBy,
      loaded: false,
      why,
      findings: [],
      groups: [],
      tokens: 0,
      disk,
      moved,
    };
  }
  const seen = inspectFile(after, file, ctx.nowMicros());
  return {
    path: edit.path,
    kind: seen.place.kind,
    writtenBy: seen.place.writtenBy,
    loaded: seen.loaded,
    why: seen.why,
    findings: withFixes(after, seen.place, file, seen.findings, ctx.today),
    groups: seen.groups(),
    tokens: tokensOf(file.text ?? ''),
    disk,
    moved,
  };
}
