import { fileOfBytes } from '../../folder.ts';
import { isNoteName, NOTE_TYPES, readNote, readPage } from '../../parts/note.ts';
import type { NoteFile } from '../../parts/note.ts';
import { scalarText } from '../../settings/numbers.ts';
import { isDay } from '../../../yaml/yaml-scalar.ts';
import { isList } from '../../../yaml/yaml-value.ts';
import type { YamlMap } from '../../../yaml/yaml-value.ts';
import { hasHeader, quoted, rawValue, withHeader, withKey, withQuotes } from './header.ts';
import { nearest } from './lines.ts';

const ORDER = [
  'schema_version',
  'name',
  'description',
  'type',
  'captured',
  'last_seen',
  'sources',
  'confidence',
  'pinned',
  'expires_at',
  'supersedes',
  'superseded_by',
  'tags',
];
const LEVELS = ['high', 'medium', 'low'];
/** Rules that one after the other may be broken; each round mends one. */
const ROUNDS = 16;

/** Where a note or page stands, and the day that is written as its date. */
export type NoteAbout = {
  readonly path: string;
  readonly kind: 'memory-note' | 'wiki-page';
  readonly today: string;
};

/**
 * A note or page with its header mended, so that it follows every rule of its format (formats/atomic-agents.md §2.4,
 * §2.6); null where that takes a person's decision, or nothing is wrong. The body is never touched.
 */
export function mendNote(text: string, about: NoteAbout): string | null {
  const read = (now: string): NoteFile => {
    const file = fileOfBytes(about.path, Buffer.from(now), 0);
    return about.kind === 'memory-note' ? readNote(file) : readPage(file);
  };
  let now = text;
  for (let round = 0; round < ROUNDS; round++) {
    const note = read(now);
    if (note.rule === null) return now === text ? null : now;
    const next = mended(now, note, about);
    if (next === null || next === now) return null;
    now = next;
  }
  return null;
}

function mended(text: string, note: NoteFile, about: NoteAbout): string | null {
  if (note.fm.problem !== null) return withQuotes(text);
  if (!note.fm.found) {
    return hasHeader(text) || text.startsWith('\uFEFF') || /^\s*-{3}/.test(text)
      ? null
      : withHeader(text, [`schema_version: 1`]);
  }
  const key = brokenKey(note);
  if (key === null) return null;
  const value = note.fm.meta.has(key) ? mendedValue(key, text, note, about) : missing(key, note, about);
  return value === null ? null : withKey(text, key, value, ORDER);
}

/** The key of the rule that is broken: the first word of its message that is one. */
function brokenKey(note: NoteFile): string | null {
  const word = /^(?:It lacks )?([a-z_]+)/.exec(note.rule?.message ?? '')?.[1] ?? '';
  return ORDER.includes(word) ? word : null;
}

function missing(key: string, note: NoteFile, about: NoteAbout): string | null {
  const { meta, body } = note.fm;
  switch (key) {
    case 'schema_version':
      return '1';
    case 'name':
      return quoted(titleOf(note.name).slice(0, 80));
    case 'description':
      return quoted(descriptionOf(body) ?? scalarText(meta.get('name')) ?? titleOf(note.name));
    case 'type':
      return about.kind === 'wiki-page' ? 'wiki_page' : (typeOfName(note.name) ?? 'reference');
    case 'captured':
      return note.lastSeen?.day ?? about.today;
    case 'last_seen':
      return about.today;
    case 'sources':
      return '[unknown]';
    case 'confidence':
      return 'medium';
    default:
      return null;
  }
}

function mendedValue(key: string, text: string, note: NoteFile, about: NoteAbout): string | null {
  const value = note.fm.meta.get(key);
  const said = scalarText(value);
  const raw = rawValue(text, key);
  switch (key) {
    case 'schema_version':
      return said !== null && /^\s*1(?:\.0*)?\s*$/.test(said) ? '1' : null;
    case 'name':
    case 'description':
      if (value === null) return missing(key, note, about);
      // what is no text as YAML reads it, such as a date or a number, is one in quotes
      return typeof value === 'string' || said === null || raw === null || raw.trim() === ''
        ? null
        : quoted(raw.trim());
    case 'type':
      if (about.kind === 'wiki-page') return 'wiki_page';
      return nearest(said ?? '', NOTE_TYPES) ?? typeOfName(note.name);
    case 'confidence':
      return nearest(said ?? '', LEVELS);
    case 'captured':
    case 'last_seen':
      return value === null ? missing(key, note, about) : dayIn(said ?? '');
    case 'expires_at':
      return dayIn(said ?? '');
    case 'sources':
      if (isList(value)) return value.length === 0 ? '[unknown]' : null;
      return said === null || said === '' ? '[unknown]' : `[${quoted(said)}]`;
    case 'tags':
      return tagsOf(note.fm.meta);
    case 'pinned':
      return yesNo(said ?? '');
    default:
      return null;
  }
}

function tagsOf(meta: YamlMap): string | null {
  const value = meta.get('tags');
  if (value === null || value === undefined) return '[]';
  const said = scalarText(value);
  if (said === null) return null;
  const tags = said
    .split(/[,\s]+/)
    .filter((tag) => tag !== '')
    .map(quoted);
  return `[${tags.join(', ')}]`;
}

/** `true` or `false` of a word that means one of them. */
export function yesNo(said: string): string | null {
  if (/^(?:true|yes|on|y|1)$/i.test(said.trim())) return 'true';
  return /^(?:false|no|off|n|0|)$/i.test(said.trim()) ? 'false' : null;
}

/** A day that is written another way; where the order of its parts can't be told there is none. */
export function dayIn(said: string): string | null {
  const parts = /^\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?\s*$/.exec(said);
  if (parts === null) return null;
  const day = `${parts[1]}-${parts[2]!.padStart(2, '0')}-${parts[3]!.padStart(2, '0')}`;
  return isDay(day) ? day : null;
}

function typeOfName(name: string): string | null {
  return isNoteName(name) ? /^[a-z]+/.exec(name)![0] : null;
}

/** Words of a file name: `feedback_2026-q2_short_mails.md` is “Short mails”. */
function titleOf(name: string): string {
  const words = name
    .replace(/\.md$/, '')
    .replace(/^(?:user|feedback|project|decision|reference)_(?:\d{4}(?:-q[1-4])?_)?/, '')
    .replaceAll(/[_\s]+/g, ' ')
    .trim();
  return words === '' ? name : words.charAt(0).toUpperCase() + words.slice(1);
}

/** The first line of a body that says something, as short as a description must be. */
function descriptionOf(body: string): string | null {
  const line = body
    .split('\n')
    .map((row) => row.replaceAll(/[*_`#>]+/g, '').trim())
    .find((row) => row !== '');
  if (line === undefined) return null;
  return line.length <= 150 ? line : `${line.slice(0, 149).replace(/\s+\S*$/, '')}…`;
}

/** What a person reads on the offer to mend. `lines`: how many the mended text has more. */
export function mendNoteLabel(note: NoteFile, lines: number): string {
  if (note.fm.problem !== null) {
    return lines > 0 ? 'Quote the value and add what is missing' : 'Quote the value';
  }
  if (!note.fm.found) return 'Add a header';
  const lacks = /^It lacks ([a-z_]+)\./.exec(note.rule?.message ?? '')?.[1];
  return lacks === undefined ? 'Mend the header' : `Add ${lacks}`;
}
