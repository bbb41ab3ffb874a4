import type { Problem, ProblemKind, SoundFact, SoundKind } from '../../contract/problem.ts';
import { limits } from '../storage/limits.ts';
import type { IndexRows } from './check-indexes.ts';
import type { PartOutput, WholeFacts } from './check-types.ts';

type Checked = PartOutput['checked'];

const number = new Intl.NumberFormat('en');
const counted = (count: number, one: string): string =>
  `${number.format(count)} ${one}${count === 1 ? '' : 's'}`;

/** What was checked in this run and holds, in words: nothing that was not looked at, nothing with a finding. */
export function soundFacts(
  whole: WholeFacts,
  checked: Checked,
  indexes: readonly IndexRows[],
  problems: readonly Problem[],
): SoundFact[] {
  const wrong = new Set(problems.map((problem) => problem.kind));
  const none = (...kinds: ProblemKind[]): boolean => !kinds.some((kind) => wrong.has(kind));
  const facts: SoundFact[] = [];
  const holds = (what: SoundKind, count: number | null, text: string): void =>
    void facts.push({ what, count, text });
  if (whole.structure?.state === 'sound') holds('file', null, 'SQLite’s quick_check passed');
  if (none('schema', 'empty-file') && whole.schema.version !== null) {
    const { version, indexes: count } = whole.schema;
    const which =
      count === 0
        ? 'vek’s own three indexes are absent, which is normal'
        : `${counted(count, 'index').replace('indexs', 'indexes')} of vek`;
    holds('columns', null, `Columns are those of version ${version}; ${which}`);
  }
  if (whole.headBranch !== null) holds('head', null, `HEAD names ${whole.headBranch}, and it exists`);
  const right = verified(checked, problems);
  if (right.objects > 0)
    holds('objects', right.objects, hashed(right.objects, checked.objects, 'object', 'name'));
  if (right.calls > 0) holds('calls', right.calls, hashed(right.calls, checked.nodes, 'call', 'record'));
  if (whole.parents > 0 && none('parent-missing', 'merge-parent-missing')) {
    holds(
      'parents',
      whole.parents,
      `Every parent is in the store: ${counted(whole.parents, 'link')} followed`,
    );
  }
  if (checked.nodes > 0 && none('cycle')) holds('circles', null, 'No call is its own ancestor');
  if (checked.nodes > 0 && none('time-form')) {
    const newer = whole.newerParents;
    const clocks =
      newer === 0
        ? 'no parent is newer than its child'
        : newer === 1
          ? '1 parent is newer than its child'
          : `${number.format(newer)} parents are newer than their child`;
    holds('times', newer, `All times are readable; ${clocks}`);
  }
  if (checked.refs > 0 && none('ref-dangling', 'ref-unreadable')) {
    holds(
      'refs',
      checked.refs,
      checked.refs === 1 ? 'The one ref names a call' : `All ${counted(checked.refs, 'ref')} name calls`,
    );
  }
  if (indexes.length > 0 && !whole.salvage && none('index-damaged')) {
    holds(
      'indexes',
      indexes.length,
      indexes.length === 1
        ? 'The one index lists every row'
        : `All ${indexes.length} indexes of the file list every row`,
    );
  }
  holds(
    'log',
    whole.logBytes,
    whole.logBytes === 0
      ? 'No commit waits in vek.db-wal'
      : 'Commits that wait in vek.db-wal were read and checked too',
  );
  return facts;
}

function hashed(right: number, all: number, one: string, what: string): string {
  if (right === all)
    return `${counted(right, one)} ${right === 1 ? `hashes to its ${what}` : `hash to their ${what}s`}`;
  return `${number.format(right)} of ${counted(all, one)} hash to their ${what}s`;
}

/** Calls and objects whose recomputed hash is the stored one. */
export function verified(
  checked: Checked,
  problems: readonly Problem[],
): { readonly calls: number; readonly objects: number } {
  const count = (...kinds: ProblemKind[]): number =>
    problems.filter((problem) => kinds.includes(problem.kind)).length;
  const unlisted = (kind: ProblemKind): number =>
    problems.reduce(
      (sum, { kind: more, facts }) =>
        more === 'more' && facts?.named === kind ? sum + (facts.uses ?? 0) : sum,
      0,
    );
  const altered = count('node-altered') + unlisted('node-altered');
  const damaged =
    count('object-altered', 'object-not-blob', 'object-unreadable') + unlisted('object-unreadable');
  return { calls: Math.max(0, checked.nodes - altered), objects: Math.max(0, checked.objects - damaged) };
}

/** What this run did not look at, with the reason. */
export function notChecked(
  whole: WholeFacts,
  indexBytesCompared: boolean,
  problems: readonly Problem[],
): string[] {
  const words: string[] = [];
  if (whole.salvage) {
    words.push('What stood in the damaged part of vek.db: only what could be rescued was checked.');
  } else if (whole.structure?.state === 'skipped' && whole.structure.why === 'size') {
    words.push(
      `SQLite’s quick_check of the pages: vek.db is larger than ${limits.sqliteCheckBytes / 1024 / 1024} MB. Every row and index was read all the same.`,
    );
  } else if (whole.structure === null) {
    words.push(
      'SQLite’s quick_check of the pages: the file changed while it ran. Every row and index was read all the same.',
    );
  }
  if (!whole.salvage && !indexBytesCompared) {
    words.push('Each entry of the indexes: they were counted, and list as many rows as there are.');
  }
  const large = problems.filter((problem) => problem.kind === 'object-not-parsed').length;
  if (large > 0)
    words.push(`Whether ${counted(large, 'large object')} hold JSON; their hashes were recomputed.`);
  return words;
}
