import type { Finding } from '../../../contract/integrity.ts';
import type { CutOffPart, ProblemKind } from '../../../contract/problem.ts';
import { formatCount, formatCounted, shortHash } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';

/** What the words of a finding need beside it. */
export type FindingScene = {
  /** the part of the history that likely stood before it, and that no ref reaches now */
  readonly part: CutOffPart | null;
};

/** What a kind of finding is called, means and rests on. Every text is for people who never read the format. */
export type KindWords = {
  readonly title: string | ((finding: Finding) => string);
  /** for a group: `312 calls are missing` */
  readonly many: (count: string) => string;
  /** under the title: which record */
  readonly where: (finding: Finding) => string;
  readonly means: (finding: Finding, scene: FindingScene) => string;
  readonly know: (finding: Finding) => string;
};

const hashOf = (text: string | null | undefined): string =>
  text === null || text === undefined ? 'without a name' : short(text);
/** The call that a record names; what opening saw does not say which, a check does. */
const namedCall = ({ facts }: Finding): string => (facts?.named ? short(facts.named) : 'a call');
const namedFirst = ({ facts }: Finding): string => (facts?.named ? `${short(facts.named)}, ` : '');
const short = (text: string): string =>
  /^[0-9a-f]{64}$/.test(text) ? shortHash(text) : `“${visibleText(text.slice(0, 40))}”`;
const branchOf = ({ branch }: Finding): string => (branch === null ? 'no branch' : visibleText(branch));
const callWhere = (finding: Finding): string =>
  `${hashOf(finding.hash)}${finding.tool === null ? '' : `, ${visibleText(finding.tool)}`}${finding.branch === null ? '' : ` on ${branchOf(finding)}`}`;
/** What the name of a ref says that it is. */
function refKind({ ref }: Finding): string {
  if (ref?.startsWith('tag/') === true) return 'tag';
  return ref?.startsWith('checkpoint/') === true ? 'checkpoint' : 'branch';
}

const refOf = ({ ref }: Finding): string => visibleText(ref ?? '');

/** The calls that use an object, as far as they are known: `1 call on main`, `3 calls, the first on main`. */
function usersOf(finding: Finding): string {
  const uses = finding.facts?.uses ?? 0;
  if (uses === 0) return 'no call';
  if (finding.branch === null) return formatCounted(uses, 'call');
  return uses === 1
    ? `1 call on ${branchOf(finding)}`
    : `${formatCounted(uses, 'call')}, the first on ${branchOf(finding)}`;
}
const objectWhere = (finding: Finding): string => `${hashOf(finding.hash)}, used by ${usersOf(finding)}`;

function olderPart(part: CutOffPart | null, ref: string | null): string {
  const chain = ref === null ? 'The chain' : `The chain of ${visibleText(ref)}`;
  if (part === null) return `${chain} stops here. No older call is cut off by it.`;
  const [calls, are, them] =
    part.calls === 1 ? ['1 call', 'is', 'it'] : [formatCounted(part.calls, 'call'), 'are', 'them'];
  return `${chain} stops here. The ${calls} that likely stood before ${are} in the file, but no branch leads to ${them}.`;
}

const BACKUP = 'A backup of vek.db may hold it.';

/** The title of one finding. */
export function titleOf(finding: Finding): string {
  const { title } = KIND_WORDS[finding.kind];
  return typeof title === 'string' ? title : title(finding);
}

/** The words of every kind that a check or an opening can find. */
export const KIND_WORDS: Readonly<Record<ProblemKind, KindWords>> = {
  'parent-missing': {
    title: 'A call is missing',
    many: (n) => `${n} calls are missing`,
    where: (f) => `${namedFirst(f)}parent of ${hashOf(f.hash)}`,
    means: (f, { part }) => `${olderPart(part, f.branch)} ${BACKUP}`,
    know: (f) =>
      `The record of ${hashOf(f.hash)} names ${namedCall(f)} as its parent. No row of the table nodes has that hash.`,
  },
  'merge-parent-missing': {
    title: 'A merged call is missing',
    many: (n) => `${n} merged calls are missing`,
    where: (f) => `${namedFirst(f)}merged by ${hashOf(f.hash)}`,
    means: (_, { part }) =>
      part === null
        ? `One side of this merge can no longer be followed; the other one is there. ${BACKUP}`
        : `One side of this merge can no longer be followed. ${formatCounted(part.calls, 'call')} that likely stood before ${part.calls === 1 ? 'is' : 'are'} in the file, but no branch leads there. ${BACKUP}`,
    know: (f) =>
      `The record of the merge ${hashOf(f.hash)} names ${namedCall(f)} as the side that was merged in. No row of the table nodes has that hash.`,
  },
  'node-altered': {
    title: 'A call was altered',
    many: (n) => `${n} calls were altered`,
    where: callWhere,
    means: () =>
      'Its tool, time, input, output or parent differs from what was recorded; which one can’t be told. Do not rely on this call. A backup of vek.db may hold it as it was.',
    know: (f) =>
      `The hash of a call is made from its tool, time, input, output and parents. Recomputed from the row it is ${hashOf(f.facts?.computed)}, and the row is stored as ${hashOf(f.hash)}.`,
  },
  'object-altered': {
    title: 'An object was altered',
    many: (n) => `${n} objects were altered`,
    where: objectWhere,
    means: (f) =>
      (f.facts?.uses ?? 0) === 0
        ? 'No call uses it, so no input or output that you see is affected.'
        : `What is shown for ${usersOf(f)} is not what was recorded, so it can’t be trusted. A backup of vek.db may hold the bytes.`,
    know: (f) =>
      `An object is named by the hash of its bytes. The bytes that are stored hash to ${hashOf(f.facts?.computed)}, not to ${hashOf(f.hash)}.`,
  },
  'object-missing': {
    title: 'An object is missing',
    many: (n) => `${n} objects are missing`,
    where: objectWhere,
    means: (f) =>
      `The content is gone for ${usersOf(f)}; the record that it was there is sound. It is shown as missing, never as null. ${BACKUP}`,
    know: (f) =>
      `The calls name ${hashOf(f.hash)} as input or output. No row of the table objects has that hash.`,
  },
  'object-not-blob': {
    title: 'An object is stored in the wrong form',
    many: (n) => `${n} objects are stored in the wrong form`,
    where: objectWhere,
    means: (f) =>
      f.facts?.fits === true
        ? 'The bytes are right, so what you see is what was recorded. But the fsck of the Python tool ends with an error here instead of a report.'
        : 'The bytes are not what was recorded either, and the fsck of the Python tool ends with an error here instead of a report.',
    know: (f) =>
      `The column content holds ${f.facts?.storage ?? 'another class'} instead of BLOB. The same bytes as BLOB ${f.facts?.fits === true ? 'hash to' : 'do not hash to'} ${hashOf(f.hash)}.`,
  },
  'object-not-json': {
    title: 'An object is not JSON',
    many: (n) => `${n} objects are not JSON`,
    where: (f) => hashOf(f.hash),
    means: () =>
      'Its hash is right, so this is what was written. Only the view as JSON is impossible; the Python tool fails on calls that use it.',
    know: () => 'The bytes hash to the name of the object, and no JSON reader accepts them.',
  },
  'object-not-parsed': {
    title: 'A large object was not read as JSON',
    many: (n) => `${n} large objects were not read as JSON`,
    where: (f) => hashOf(f.hash),
    means: () => 'Its hash is right. Whether it is JSON was not looked at, because of its size.',
    know: () => 'A check reads contents up to 16 MB as JSON, and hashes all of them.',
  },
  'object-unreadable': {
    title: 'An object has no usable name',
    many: (n) => `${n} objects have no usable name`,
    where: (f) => `row ${f.facts?.row ?? '?'} of objects`,
    means: () => 'No call can use it, so nothing that you see depends on it.',
    know: () => 'The column hash of this row is not text.',
  },
  'input-missing': consequence('input', 'is missing'),
  'input-altered': consequence('input', 'was altered'),
  'input-not-blob': consequence('input', 'is stored in the wrong form'),
  'output-missing': consequence('output', 'is missing'),
  'output-altered': consequence('output', 'was altered'),
  'output-not-blob': consequence('output', 'is stored in the wrong form'),
  'duplicate-row': {
    title: 'A record is stored twice',
    many: (n) => `${n} records are stored twice`,
    where: (f) => hashOf(f.hash),
    means: () =>
      'A sound file can’t hold two rows of one hash: its index is damaged. Only the first row is used.',
    know: () => 'Reading the table row by row gave this hash a second time.',
  },
  'ref-dangling': {
    title: (f) => `A ${refKind(f)} points nowhere`,
    many: (n) => `${n} branches or tags point nowhere`,
    where: (f) => `${refOf(f)} → ${hashOf(f.hash)}`,
    means: (_, { part }) =>
      part === null
        ? 'No call has this hash, so the name leads to nothing. Calls that other branches reach are not affected.'
        : `No call has this hash. ${formatCounted(part.calls, 'call')} that may have belonged to it ${part.calls === 1 ? 'is' : 'are'} in the file, and no branch leads there.`,
    know: (f) =>
      `The table refs says that ${refOf(f)} is ${hashOf(f.hash)}. No row of the table nodes has that hash.`,
  },
  'ref-name': {
    title: 'A name is unusual',
    many: (n) => `${n} names are unusual`,
    where: refOf,
    means: (f) => visibleText(f.message),
    know: () => 'The Python tool accepts such a name and then treats it in a surprising way.',
  },
  'ref-unreadable': {
    title: 'A branch or tag can’t be read',
    many: (n) => `${n} branches or tags can’t be read`,
    where: (f) => (f.ref === null ? 'in the table refs' : refOf(f)),
    means: () => 'It is left out everywhere. The calls themselves are not affected.',
    know: (f) => visibleText(f.message),
  },
  'head-missing': {
    title: 'HEAD is missing',
    many: (n) => `HEAD is missing, ${n} times`,
    where: () => '.vek/HEAD',
    means: () =>
      'No branch is current. All calls are there, but the Python tool can’t show its status or store a call until HEAD is back.',
    know: () => 'There is no file HEAD in the folder .vek.',
  },
  'head-unreadable': {
    title: 'HEAD can’t be read',
    many: (n) => `HEAD can’t be read, ${n} times`,
    where: () => '.vek/HEAD',
    means: () => 'Which branch is current is not known. All calls are there.',
    know: (f) => visibleText(f.message),
  },
  'head-unborn': {
    title: 'HEAD names a branch that does not exist yet',
    many: (n) => `HEAD names a branch that does not exist yet, ${n} times`,
    where: refOf,
    means: () =>
      'Usual in a new repository. In an older one the next call would start a new history of its own.',
    know: (f) => `The file HEAD names ${refOf(f)}, and the table refs has no such name.`,
  },
  'head-on-tag': {
    title: 'HEAD names a tag',
    many: (n) => `HEAD names a tag, ${n} times`,
    where: refOf,
    means: () => 'The next call that is recorded here would move the tag, which is meant to stay.',
    know: (f) => `The file HEAD names ${refOf(f)}.`,
  },
  cycle: {
    title: 'Calls form a circle',
    many: (n) => `${n} circles of calls`,
    where: (f) =>
      `${(f.facts?.calls ?? []).slice(0, 3).map(short).join(' → ')}${(f.facts?.uses ?? 0) > 3 ? ` and ${formatCount((f.facts?.uses ?? 0) - 3)} more` : ''}`,
    means: () =>
      'Only damage can cause this. Walking back stops at the second visit here, so the graph stays usable; log, replay and verify of the Python tool never end.',
    know: () =>
      'Following the parents leads back to the same call. No hash can contain itself, so at least one of these calls was altered.',
  },
  'tool-odd': {
    title: 'A call has no tool name',
    many: (n) => `${n} calls have no tool name`,
    where: callWhere,
    means: () => 'What was called is not known. Its input and output are there.',
    know: () => 'The column tool of this row is empty or no text.',
  },
  'time-form': {
    title: 'A time is in another form',
    many: (n) => `${n} times are in another form`,
    where: (f) => `${hashOf(f.hash)}, ${short(f.facts?.named ?? '')}`,
    means: () =>
      'The Python tool sorts times by their letters, so this call may stand in a wrong place in its lists.',
    know: () => 'vek writes times as 2026-11-20T08:40:20.153974+00:00, and nothing else.',
  },
  'index-damaged': {
    title: 'An index does not fit its table',
    many: (n) => `${n} indexes do not fit their tables`,
    where: (f) => visibleText(f.facts?.named ?? 'index'),
    means: () =>
      'The rows are there, but what is looked up by this index may be taken for missing. SQLite’s REINDEX on a copy makes it anew.',
    know: (f) => visibleText(f.message),
  },
  'file-structure': {
    title: 'The pages of the file are damaged',
    many: (n) => `The pages of the file are damaged, ${n} times`,
    where: () => 'vek.db',
    means: () =>
      'The rows could be read and were checked. Writing to this file may damage more: copy it first.',
    know: (f) => visibleText(f.message),
  },
  'damaged-file': {
    title: 'The file is damaged',
    many: (n) => `The file is damaged, ${n} times`,
    where: () => 'vek.db',
    means: () =>
      'What could be rescued is shown; the rest can’t be read. Nothing can be written here. A backup of vek.db may be whole.',
    know: () =>
      'SQLite says that the database disk image is malformed. The rows were then read one by one from a copy.',
  },
  'lost-rows': {
    title: 'Rows are lost',
    many: (n) => `Rows are lost in ${n} places`,
    where: () => 'vek.db',
    means: (f) => `${visibleText(f.message)} A backup of vek.db may hold them.`,
    know: () => 'The pages that held these rows can’t be read.',
  },
  'empty-file': {
    title: 'The file is empty',
    many: (n) => `The file is empty, ${n} times`,
    where: () => 'vek.db, 0 bytes',
    means: () =>
      'Whatever it held is gone from this file. Restore vek.db from a backup before any tool opens this folder.',
    know: () => 'The file has no byte.',
  },
  schema: {
    title: 'The tables are unusual',
    many: (n) => `${n} remarks on the tables`,
    where: () => 'vek.db',
    means: (f) => visibleText(f.message),
    know: () => 'Seen in the real columns of the file, whatever its version says.',
  },
  'ledger-finding': {
    title: 'Something in a ledger does not add up',
    many: (n) => `${n} things in a ledger do not add up`,
    where: (f) => visibleText(f.facts?.named ?? ''),
    means: (f) => visibleText(f.message),
    know: () => 'The ledger’s own view shows the records that disagree.',
  },
  more: {
    title: 'More findings that are not listed',
    many: (n) => `${n} notes on findings that are not listed`,
    where: (f) => visibleText(f.facts?.named ?? ''),
    means: (f) => visibleText(f.message),
    know: () => 'They were counted; a list of that length helps nobody.',
  },
};

function consequence(side: 'input' | 'output', what: string): KindWords {
  return {
    title: `The ${side} of a call ${what}`,
    many: (n) => `The ${side}s of ${n} calls: ${what}`,
    where: callWhere,
    means: () => `The object behind it has a finding of its own, which says what can be done.`,
    know: (f) => `The call names ${hashOf(f.facts?.named)} as its ${side}.`,
  };
}
