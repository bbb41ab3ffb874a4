import { createHash, randomUUID } from 'node:crypto';
import type { FileFinding } from '../../../contract/agent-files.ts';
import type { Change, EditPlan, FileEdit, PlannedFile, TextState } from '../../../contract/edits.ts';
import { ok, type Result } from '../../result.ts';
import { resolveWarnings } from '../escalations/resolve.ts';
import { inspectFile } from '../file-inspect.ts';
import { placeOf } from '../file-kind.ts';
import type { AgentFolder } from '../folder.ts';
import { fileOf } from '../parts/read.ts';
import { blockedByRun } from '../write/running.ts';
import { affectedAgents, changesPrompts } from './affected.ts';
import { companionsOf } from './companions.ts';
import type { Added } from './companions.ts';
import type { EditContext } from './context.ts';
import { frozen, knownFolder } from './frozen.ts';
import { overlayOf } from './overlay.ts';
import { checked } from './plan-check.ts';
import { editsOf } from './plan-edits.ts';
import { keepWrittenText } from './plan-texts.ts';
import { titleOf } from './plan-title.ts';
import { warningsOf } from './plan-warnings.ts';
import { hasEffect, promptEffect } from './prompt-effect.ts';
import { coverSecrets } from './secrets.ts';

/** What a change would write, with what the rules of the format add to it. Nothing is written. */
export function planChange(ctx: EditContext, change: Change): Result<EditPlan> {
  const asked = editsOf(ctx, change);
  if (!asked.ok) return asked;
  const folder = frozen(knownFolder(ctx.folder.root));
  const edits = checked(folder, overlayOf(folder, asked.value.edits), asked.value);
  if (!edits.ok) return edits;
  const nowMicros = ctx.nowMicros();
  const label = change.do === 'save' ? change.label : null;
  const own = inOrder(edits.value);
  const companions = companionsOf(folder, overlayOf(folder, own), own, label, nowMicros);
  const after = overlayOf(folder, [...own, ...companions.first, ...companions.last]);
  const files = [
    ...companions.first.map((one) => plannedFile(folder, after, one, nowMicros)),
    ...own.map(({ path, text }) => {
      return plannedFile(folder, after, { path, text, writtenFor: 'person', why: '' }, nowMicros);
    }),
    ...companions.last.map((one) => plannedFile(folder, after, one, nowMicros)),
  ];
  const paths = [...own, ...companions.last].map(({ path }) => path);
  const agents = affectedAgents(folder, after, paths);
  const prompts = affectedAgents(
    folder,
    after,
    paths.filter((path) => changesPrompts(after, path)),
  )
    .map((agent) => promptEffect(folder, after, agent, ctx.today))
    .filter(hasEffect);
  return ok({
    id: randomUUID(),
    does: change.do,
    ...(change.do === 'undo' ? { undoes: change.edit } : {}),
    title: titleOf(ctx, change, own, asked.value.of),
    label,
    files,
    agents,
    prompts,
    warnings: [
      ...(change.do === 'resolve' ? resolveWarnings(ctx, change) : []),
      ...warningsOf(folder, after, files, prompts),
      ...companions.warnings,
    ],
    blocked: blockedByRun(
      ctx,
      change.do,
      files.map(({ path }) => path),
    ),
    madeAtMicros: nowMicros,
  });
}

function late({ path }: FileEdit): number {
  return Number(/(?:^|\/)model\.md$/.test(path));
}

/** By path, but for `model.md`, which makes a folder an agent: it comes last. */
function inOrder(edits: readonly FileEdit[]): readonly FileEdit[] {
  return edits.toSorted((a, b) => late(a) - late(b) || (a.path < b.path ? -1 : 1));
}

type Written = Omit<Added, 'writtenFor'> & Pick<PlannedFile, 'writtenFor'>;

function plannedFile(folder: AgentFolder, after: AgentFolder, one: Written, nowMicros: number): PlannedFile {
  const { path, text, writtenFor, why } = one;
  const standing = fileOf(folder, path);
  const before = standing === null ? null : coverSecrets(path, standing.text ?? '');
  const covered = text === null ? null : coverSecrets(path, text, before?.secrets).text;
  const file: PlannedFile = {
    path,
    kind: placeOf(after, path).kind,
    before: standing === null || before === null ? null : { sha256: standing.sha256, text: before.text },
    after: text === null ? null : stateOf(text, covered!),
    writtenFor,
    why,
    findings:
      writtenFor === 'version' || writtenFor === 'snapshot'
        ? []
        : newFindings(folder, after, path, nowMicros),
  };
  if (text !== null) keepWrittenText(file, text);
  return file;
}

function stateOf(text: string, covered: string): TextState {
  return { sha256: createHash('sha256').update(text).digest('hex'), text: covered };
}

/** Findings that the file has afterwards and did not have before. */
function newFindings(
  folder: AgentFolder,
  after: AgentFolder,
  path: string,
  nowMicros: number,
): readonly FileFinding[] {
  const findings = (of: AgentFolder): readonly FileFinding[] => {
    const file = fileOf(of, path);
    return file === null ? [] : inspectFile(of, file, nowMicros).findings;
  };
  const before = new Set(findings(folder).map(({ message }) => message));
  return findings(after).filter(({ message }) => !before.has(message));
}
