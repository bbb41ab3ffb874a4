import type { FileFinding } from '../../../contract/agent-files.ts';
import type { IndexProblem, MemoryPart, NoteRow } from '../../../contract/agent-parts.ts';
import type { AgentFolder } from '../folder.ts';
import { scalarText } from '../settings/numbers.ts';
import { isList, yamlText } from '../../yaml/yaml-value.ts';
import { daysBefore } from './evals.ts';
import { indexEntries, indexProblems, plainTarget } from './memory-index.ts';
import { isNoteName } from './note.ts';
import type { NoteFile } from './note.ts';
import { noteLinks } from './note-links.ts';
import { filesBelow, filesOf, finding, foldersOf, textOf, tokensOf } from './read.ts';
import { PINNED_MAX, RECENT_MAX, selectNotes } from './selection.ts';

/** Days after which a note that was not seen again is stale (formats/atomic-agents.md §2.4). */
const STALE_DAYS = 90;

/** The memory of an agent: notes, index, versions and the counts of `expected.json` (formats/atomic-agents.md §2.4–2.5). */
export function readMemory(folder: AgentFolder, agent: string, today: string): MemoryPart {
  const memory = folder.pathOf(agent, 'memory');
  const selection = selectNotes(folder, memory);
  const byName = new Map(selection.notes.map((note) => [note.name, note] as const));
  const indexPath = `${memory}/INDEX.md`;
  const indexText = textOf(folder, indexPath);
  const entries = indexEntries(indexText ?? '');
  const problems: IndexProblem[] = [
    ...indexProblems(entries, byName, (target) => folder.has(normal(`${memory}/${target}`))),
  ];
  const sound = selection.notes.filter(({ rule }) => rule === null);
  const live = sound.filter((note) => !note.archived && note.supersededBy === null);
  const isStale = (note: NoteFile): boolean =>
    !note.pinned && note.lastSeen !== null && note.lastSeen.day < daysBefore(today, STALE_DAYS);
  const isOrphan = (note: NoteFile): boolean => !(indexText ?? '').includes(note.name.replace(/\.md$/, ''));
  const isExpired = (note: NoteFile): boolean => note.expiresAt !== null && note.expiresAt < today;
  const orphans = live.filter(isOrphan);
  for (const note of orphans) {
    problems.push({
      kind: 'orphan',
      file: note.name,
      line: null,
      message:
        indexText === null ? 'There is no INDEX.md that could name it.' : 'No line of the index names it.',
    });
  }
  const links = noteLinks(folder, agent, memory, selection.notes);
  const linkedFrom = new Map<string, string[]>();
  const point = (to: string, from: string): void => {
    const known = linkedFrom.get(to) ?? [];
    if (!known.includes(from)) known.push(from);
    linkedFrom.set(to, known);
  };
  for (const { target } of entries) point(normal(`${memory}/${plainTarget(target)}`), indexPath);
  for (const [from, all] of links) for (const { path } of all) if (path !== null) point(path, from);
  const pinned = new Set(selection.pinned.slice(0, PINNED_MAX));
  const recent = new Set(selection.recent.slice(0, RECENT_MAX));
  const missed = new Set([selection.pinned[PINNED_MAX], selection.recent[RECENT_MAX]]);
  const kinds = (file: string, kind: IndexProblem['kind']): boolean =>
    problems.some((problem) => problem.file === file && problem.kind === kind);
  const versioned = versionedNotes(folder, memory);
  const rows = selection.notes.map((note): NoteRow => {
    const of = noteRow(folder, note, memory, versioned);
    const flags: NoteRow['flags'][number][] = [];
    const set = (flag: NoteRow['flags'][number], on: boolean): void => {
      if (on) flags.push(flag);
    };
    set('not-loaded', !note.loads);
    set('pinned', note.pinned && note.loads);
    set('in-prompt', pinned.has(note) || recent.has(note));
    set('just-missed', missed.has(note));
    set('archived', note.archived);
    set('superseded', note.supersededBy !== null);
    set('expired', isExpired(note));
    set('stale', note.loads && !note.archived && note.supersededBy === null && isStale(note));
    set('orphan', orphans.includes(note));
    set('index-differs', kinds(note.name, 'description-differs'));
    set('wrong-section', kinds(note.name, 'wrong-section'));
    const findings = [...of.findings];
    if (isExpired(note) && note.pinned && note.loads) {
      findings.push(
        finding(
          'warning',
          `It expired on ${note.expiresAt} and is pinned: the runtime goes on sending it.`,
          'Unpin or renew it.',
          note.fm.lines.get('expires_at') ?? null,
        ),
      );
    }
    if ((note.archived || note.supersededBy !== null) && note.pinned && note.loads) {
      findings.push(
        finding(
          'warning',
          'It is archived or superseded and still pinned: the list of pinned notes does not leave it out.',
          'Unpin it.',
          note.fm.lines.get('pinned') ?? null,
        ),
      );
    }
    return {
      ...of,
      flags,
      findings,
      links: links.get(note.file.path) ?? [],
      linkedFrom: linkedFrom.get(note.file.path) ?? [],
    };
  });
  return {
    part: 'memory',
    notes: [...rows, ...selection.refused.map(refusedRow)],
    indexPath: indexText === null ? null : indexPath,
    indexProblems: problems,
    counts: {
      files: selection.notes.length + selection.refused.length,
      valid: sound.length,
      invalid: [
        ...names(selection.notes.filter(({ rule }) => rule !== null)),
        ...selection.refused.map(({ name }) => name),
      ].sort(),
      badFilename: names(selection.notes.filter(({ name }) => !isNoteName(name))),
      pinned: sound.filter((note) => note.pinned).length,
      archived: sound.filter((note) => note.archived).length,
      superseded: sound.filter((note) => note.supersededBy !== null).length,
      stale: names(live.filter(isStale)),
      orphans: names(orphans),
      expired: names(live.filter(isExpired)),
      indexDangling: problems.filter(({ kind }) => kind === 'dangling').map(({ file }) => file),
    },
    archives: foldersOf(folder, folder.pathOf(agent, ''))
      .filter(({ name }) => name.startsWith('memory.archived-'))
      .map(({ path }) => ({ path, files: filesBelow(folder, path).length })),
    byMonth: monthsOf(selection.notes),
  };
}

function names(notes: readonly NoteFile[]): readonly string[] {
  return notes.map(({ name }) => name);
}

/** A row without what only the others of its folder can tell. */
export function noteRow(
  folder: AgentFolder,
  note: NoteFile,
  home: string,
  versioned: ReadonlySet<string>,
): NoteRow {
  const { meta } = note.fm;
  const text = (key: string): string | null => scalarText(meta.get(key));
  const list = (key: string): readonly string[] => {
    const value = meta.get(key);
    return isList(value) ? value.map(yamlText) : [];
  };
  const findings: FileFinding[] = [...note.file.findings];
  const { rule } = note;
  if (rule !== null) {
    findings.push(
      note.loads
        ? finding(
            'warning',
            `It breaks a rule of its format: ${rule.message} The agent loads it all the same.`,
            '',
            rule.line,
          )
        : finding('error', `The agent does not load it: ${rule.message}`, 'Mend its header.', rule.line),
    );
  }
  const supersedes = text('supersedes');
  const content = note.file.text ?? '';
  return {
    path: note.file.path,
    file: note.name,
    loaded: note.loads,
    why: rule?.message ?? null,
    name: text('name'),
    description: text('description'),
    type: text('type'),
    captured: note.captured?.day ?? null,
    lastSeen: note.lastSeen?.day ?? null,
    expiresAt: note.expiresAt,
    confidence: text('confidence'),
    provenance: text('provenance'),
    pinned: note.pinned,
    archived: note.archived,
    sources: list('sources'),
    tags: list('tags'),
    supersedes: [...(supersedes === null ? [] : [supersedes]), ...list('supersedes_list')],
    supersededBy: note.supersededBy,
    links: [],
    linkedFrom: [],
    flags: [],
    versions: versioned.has(note.name.replace(/\.md$/, ''))
      ? versionsOf(folder, `${home}/.versions/${note.name.replace(/\.md$/, '')}`)
      : [],
    tokens: tokensOf(content),
    bytes: note.file.bytes,
    findings,
  };
}

/** The stems of the notes of which versions are kept. */
export function versionedNotes(folder: AgentFolder, home: string): ReadonlySet<string> {
  return new Set(foldersOf(folder, `${home}/.versions`).map(({ name }) => name));
}

/** The kept versions of a note, newest first; the name holds time and hash. */
function versionsOf(folder: AgentFolder, path: string): NoteRow['versions'] {
  return filesOf(folder, path, '.md')
    .toReversed()
    .map((entry) => {
      const name = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(\d{6})Z_([0-9a-f]{8})\.md$/.exec(entry.name);
      const at =
        name === null
          ? null
          : `${name[1]}-${name[2]}-${name[3]}T${name[4]}:${name[5]}:${name[6]}.${name[7]}Z`;
      return { path: entry.path, at, hash: name?.[8] ?? null, bytes: entry.bytes };
    });
}

/** The row of an entry that is never opened, such as a link out of the folder. */
export function refusedRow(entry: {
  readonly path: string;
  readonly name: string;
  readonly why: string;
}): NoteRow {
  return {
    path: entry.path,
    file: entry.name,
    loaded: false,
    why: entry.why,
    name: null,
    description: null,
    type: null,
    captured: null,
    lastSeen: null,
    expiresAt: null,
    confidence: null,
    provenance: null,
    pinned: false,
    archived: false,
    sources: [],
    tags: [],
    supersedes: [],
    supersededBy: null,
    links: [],
    linkedFrom: [],
    flags: ['not-loaded'],
    versions: [],
    tokens: 0,
    bytes: 0,
    findings: [finding('error', entry.why, 'It is not opened here.')],
  };
}

function monthsOf(notes: readonly NoteFile[]): MemoryPart['byMonth'] {
  const months = new Map<string, number>();
  for (const { captured, loads } of notes) {
    if (!loads || captured === null) continue;
    const month = captured.day.slice(0, 7);
    months.set(month, (months.get(month) ?? 0) + 1);
  }
  let total = 0;
  return [...months]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([month, captured]) => {
      total += captured;
      return { month, captured, total };
    });
}

/** A path without `.` and with `..` resolved as far as it stays below the root. */
export function normal(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0) parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}
