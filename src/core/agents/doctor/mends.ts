import type { FileEdit } from '../../../contract/edits.ts';
import { mendGoal } from '../edit/fixes/goal.ts';
import { isFailurePolicy, mendFailurePolicy } from '../edit/fixes/judges.ts';
import { withoutLines } from '../edit/fixes/lines.ts';
import { indexAbout, mendIndex } from '../edit/fixes/memory-index.ts';
import { mendModel } from '../edit/fixes/model.ts';
import { mendNote } from '../edit/fixes/note.ts';
import { mendTools, withToolClasses } from '../edit/fixes/tools.ts';
import { counted } from '../figures/numbers.ts';
import type { AgentFolder } from '../folder.ts';
import { readGoals } from '../parts/goals.ts';
import { selectNotes } from '../parts/selection.ts';
import { fileOf } from '../parts/read.ts';
import { readPolicy, readSettings } from '../settings.ts';
import { parseJudges } from '../settings/judges.ts';
import { policyFor } from '../settings/policy.ts';

/** What a check of the doctor asks to be mended. `args`: what the check knows and the files don't say. */
export type Ask = {
  readonly folder: AgentFolder;
  readonly agent: string;
  readonly today: string;
  readonly args: readonly string[];
};

export type Mend = { readonly label: string; readonly edits: readonly FileEdit[] };

/** What can be mended of each check, on the files as they stand; null where nothing can. */
export const MENDS: ReadonlyMap<string, (ask: Ask) => Mend | null> = new Map([
  ['vault', missingIndex],
  ['model', model],
  ['notes', notes],
  ['index', index],
  ['tool-classes', toolClasses],
  ['roster', roster],
  ['goals', goals],
  ['judges', judges],
]);

/** The edit that gives a file another text; none where it is no text or stays. */
function edited({ folder }: Ask, path: string, mend: (text: string) => string | null): readonly FileEdit[] {
  const file = fileOf(folder, path);
  const text = file?.text ?? null;
  const now = text === null ? null : mend(text);
  return file === null || now === null || now === text ? [] : [{ path, base: file.sha256, text: now }];
}

function offer(label: string, edits: readonly FileEdit[]): Mend | null {
  return edits.length === 0 ? null : { label, edits };
}

/** An agent without an index: the one that the runtime would make of its notes. */
function missingIndex({ folder, agent }: Ask): Mend | null {
  const path = folder.pathOf(agent, 'memory/INDEX.md');
  if (folder.has(path)) return null;
  const text = mendIndex(null, indexAbout(folder, agent))?.text ?? '# Memory Index\n';
  return offer('Create memory/INDEX.md', [{ path, base: null, text }]);
}

function model(ask: Ask): Mend | null {
  const { folder, agent } = ask;
  const { caps } = policyFor(readPolicy(folder, agent), agent);
  const { modelPath } = readSettings(folder, agent);
  return offer(
    'Mend model.md',
    edited(ask, modelPath, (text) => mendModel(text, caps)),
  );
}

function judges(ask: Ask): Mend | null {
  const path = ask.folder.pathOf(ask.agent, 'judges.md');
  return offer(
    'Mend judges.md',
    edited(ask, path, (text) => {
      const line = parseJudges(text, path).findings.find(isFailurePolicy)?.line ?? null;
      return line === null ? null : (mendFailurePolicy(text, line)?.text ?? null);
    }),
  );
}

function notes(ask: Ask): Mend | null {
  const { folder, agent, today } = ask;
  const broken = selectNotes(folder, folder.pathOf(agent, 'memory')).notes.filter(
    ({ rule }) => rule !== null,
  );
  const edits = broken.flatMap(({ file }) =>
    edited(ask, file.path, (text) => mendNote(text, { path: file.path, kind: 'memory-note', today })),
  );
  const all = edits.length === broken.length ? 'all ' : '';
  return offer(
    edits.length === 1 ? `Mend ${nameOf(edits[0]!.path)}` : `Mend ${all}${edits.length} notes`,
    edits,
  );
}

function index(ask: Ask): Mend | null {
  const { folder, agent } = ask;
  let mended = 0;
  const edits = edited(ask, folder.pathOf(agent, 'memory/INDEX.md'), (text) => {
    const mend = mendIndex(text, indexAbout(folder, agent));
    mended = mend?.mended ?? 0;
    return mend?.text ?? null;
  });
  return offer(mended === 1 ? 'Mend the index' : `Mend all ${mended} entries of the index`, edits);
}

/** `args`: the tools that were called, which the logs tell. */
function toolClasses(ask: Ask): Mend | null {
  const edits = edited(ask, ask.folder.pathOf(ask.agent, 'tools.md'), (text) => {
    const mended = mendTools(text);
    return withToolClasses(mended ?? text, ask.args) ?? mended;
  });
  return offer('Write the classes that hold', edits);
}

function roster(ask: Ask): Mend | null {
  const { folder, agent } = ask;
  if (folder.root.single !== null) return null;
  const there = new Set(folder.root.agents.filter(({ logOnly }) => !logOnly).map(({ name }) => name));
  const gone = readSettings(folder, agent).roster.filter(({ name }) => name === agent || !there.has(name));
  const lines = new Set(gone.map(({ line }) => line));
  const edits = edited(ask, folder.pathOf(agent, 'roster.md'), (text) => withoutLines(text, lines));
  return offer(`Take out ${gone.length === 1 ? gone[0]!.name : counted(gone.length, 'name')}`, edits);
}

function goals(ask: Ask): Mend | null {
  const broken = readGoals(ask.folder, ask.agent).goals.filter(({ loaded }) => !loaded);
  const edits = broken.flatMap(({ path }) => edited(ask, path, (text) => mendGoal(text, path, ask.today)));
  return offer(edits.length === 1 ? 'Mend the header' : `Mend ${edits.length} goals`, edits);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
