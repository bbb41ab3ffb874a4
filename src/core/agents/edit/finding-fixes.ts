import type { FileFinding } from '../../../contract/agent-files.ts';
import type { DraftFinding, FileFix } from '../../../contract/drafts.ts';
import type { FilePlace } from '../file-kind.ts';
import type { AgentFolder, FolderFile } from '../folder.ts';
import { readNote, readPage } from '../parts/note.ts';
import { finding } from '../parts/read.ts';
import { readPolicy } from '../settings.ts';
import { policyFor } from '../settings/policy.ts';
import { mendGoal } from './fixes/goal.ts';
import { editsBetween, withoutLines } from './fixes/lines.ts';
import { indexAbout, mendIndex, mendIndexLine, problemsOf } from './fixes/memory-index.ts';
import { isFailurePolicy, mendFailurePolicy } from './fixes/judges.ts';
import { mendModelLine } from './fixes/model.ts';
import { mendNote, mendNoteLabel } from './fixes/note.ts';
import { mendToolLine } from './fixes/tools.ts';

type Mend = { readonly text: string; readonly label: string } | null;

/** Findings with what would mend them where that is safe, on exactly this text. */
export function withFixes(
  folder: AgentFolder,
  place: FilePlace,
  file: FolderFile,
  findings: readonly FileFinding[],
  today: string,
): readonly DraftFinding[] {
  const text = file.text;
  if (text === null) return findings.map((one) => Object.assign({ fix: null }, one));
  const own = findings.map((one) => fixed(one, text, mendOf(folder, place, file, text, one, today)));
  const isIndex = place.kind === 'memory-index' && place.within === 'memory/INDEX.md';
  return isIndex && place.agent !== null ? [...own, ...indexFindings(folder, place.agent, text)] : own;
}

function fixed(one: FileFinding, text: string, mend: Mend): DraftFinding {
  const fix: FileFix | null =
    mend === null || mend.text === text ? null : { label: mend.label, edits: editsBetween(text, mend.text) };
  return { ...one, fix };
}

function mendOf(
  folder: AgentFolder,
  place: FilePlace,
  file: FolderFile,
  text: string,
  one: FileFinding,
  today: string,
): Mend {
  if (text.startsWith('\uFEFF') && one.message.includes('a BOM')) {
    return { text: text.slice(1), label: 'Remove the BOM' };
  }
  switch (place.kind) {
    case 'memory-note':
    case 'wiki-page': {
      const note = place.kind === 'memory-note' ? readNote(file) : readPage(file);
      if (note.rule === null || !one.message.includes(note.rule.message)) return null;
      const mended = mendNote(text, { path: file.path, kind: place.kind, today });
      if (mended === null) return null;
      const more = mended.split('\n').length - text.split('\n').length;
      return { text: mended, label: mendNoteLabel(note, more) };
    }
    case 'goal': {
      if (!one.message.startsWith('The runtime refuses the goal')) return null;
      const mended = mendGoal(text, file.path, today);
      return mended === null ? null : { text: mended, label: 'Mend the header' };
    }
    case 'tools':
      return one.line === null ? null : mendToolLine(text, one.line, one.message);
    case 'model': {
      if (one.line === null || place.agent === null) return null;
      const { caps } = policyFor(readPolicy(folder, place.agent), place.agent);
      return mendModelLine(text, one.line, one.message, caps);
    }
    case 'judges':
      return one.line !== null && isFailurePolicy(one) ? mendFailurePolicy(text, one.line) : null;
    case 'roster':
      return one.line === null
        ? null
        : { text: withoutLines(text, new Set([one.line])), label: `Remove line ${one.line}` };
    default:
      return null;
  }
}

/** Lines of an index that are told one by one, each with what mends it. Beyond: one finding for all others. */
const MOST_LINES = 100;

/** What the index says that is not so. Notes that it does not name are one finding: there can be thousands. */
function indexFindings(folder: AgentFolder, agent: string, text: string): readonly DraftFinding[] {
  const about = indexAbout(folder, agent);
  const problems = problemsOf(text, about);
  const orphans = problems.filter(({ kind }) => kind === 'orphan');
  const single = problems.filter((problem) => problem.kind !== 'orphan' || orphans.length === 1);
  const lines = single
    .slice(0, MOST_LINES)
    .map((problem) =>
      fixed(
        finding('warning', `${problem.file}: ${problem.message}`, '', problem.line),
        text,
        mendIndexLine(text, problem, about),
      ),
    );
  if (single.length > MOST_LINES) {
    const all = mendIndex(text, about);
    const says = finding('warning', `${single.length - MOST_LINES} more lines are not right.`);
    const mend = all === null ? null : { text: all.text, label: `Mend all ${all.mended} entries` };
    lines.push(fixed(says, text, mend));
  }
  if (orphans.length < 2) return lines;
  const alone = new Set(orphans.map(({ file }) => file));
  const named = orphans.slice(0, 5).map(({ file }) => file);
  const rest = orphans.length > named.length ? ` and ${orphans.length - named.length} more` : '';
  const notes = new Map([...about.notes].filter(([name]) => alone.has(name)));
  const all = mendIndex(text, { notes, exists: () => true });
  const says = finding('warning', `No line names ${named.join(', ')}${rest}.`);
  return [
    ...lines,
    fixed(says, text, all === null ? null : { text: all.text, label: `Add ${orphans.length} lines` }),
  ];
}
