import type { FolderFile } from '../folder.ts';
import { readFrontmatter } from '../text/frontmatter.ts';
import type { Frontmatter } from '../text/frontmatter.ts';
import { pyLength } from '../text/python-text.ts';
import { isDay } from '../../yaml/yaml-scalar.ts';
import { isDate, isList, truthy, typeName, yamlText } from '../../yaml/yaml-value.ts';
import type { YamlMap, YamlValue } from '../../yaml/yaml-value.ts';
import { oncePerFile } from './read.ts';

/** A rule that a file breaks, and the line on which it does. */
export type BrokenRule = { readonly message: string; readonly line: number | null };

/** A date as the runtime holds it: a day, or a moment where the file gives a time. */
export type NoteDate = {
  readonly day: string;
  /** as the prompt shows it */
  readonly text: string;
  readonly kind: 'date' | 'time' | 'time with zone';
};

/** A note or page as the runtime reads it, and the first rule of its format that it breaks. */
export type NoteFile = {
  readonly file: FolderFile;
  readonly name: string;
  readonly fm: Frontmatter;
  /** false: the runtime drops it without a word; `whyNot` says why */
  readonly loads: boolean;
  readonly whyNot: BrokenRule | null;
  readonly rule: BrokenRule | null;
  readonly type: YamlValue;
  readonly confidence: YamlValue;
  readonly captured: NoteDate | null;
  readonly lastSeen: NoteDate | null;
  readonly expiresAt: string | null;
  readonly pinned: boolean;
  readonly archived: boolean;
  readonly supersededBy: string | null;
};

/** Reads a note of `memory/` (formats/atomic-agents.md §2.4). */
export const readNote = oncePerFile((file: FolderFile): NoteFile => noteOf(file, noteRule));
/** Reads a page of `wiki/` (§2.6). */
export const readPage = oncePerFile((file: FolderFile): NoteFile => noteOf(file, pageRule));

type Rule = (meta: YamlMap, name: string) => { readonly message: string; readonly key: string } | null;

function noteOf(file: FolderFile, rules: Rule): NoteFile {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  const fm = readFrontmatter(file.text ?? '');
  const { meta } = fm;
  let whyNot: BrokenRule | null = null;
  if (file.text === null) whyNot = { message: file.noText ?? 'It cannot be read.', line: null };
  else if (fm.problem !== null)
    whyNot = { message: `Its header is no YAML: ${fm.problem.message}.`, line: fm.problem.line };
  const broken = whyNot === null ? rules(meta, name) : null;
  const noHeader = !fm.found && broken !== null && broken.key === 'schema_version';
  const rule =
    broken === null
      ? null
      : {
          message: noHeader ? 'It has no header.' : broken.message,
          line: noHeader ? 1 : (fm.lines.get(broken.key) ?? null),
        };
  return {
    file,
    name,
    fm,
    loads: whyNot === null,
    whyNot,
    rule: whyNot ?? rule,
    type: meta.get('type') ?? (meta.has('type') ? null : 'reference'),
    confidence: meta.has('confidence') ? meta.get('confidence')! : 'medium',
    captured: noteDate(meta.get('captured')),
    lastSeen: noteDate(meta.get('last_seen')),
    expiresAt: noteDate(meta.get('expires_at'))?.day ?? null,
    pinned: truthy(meta.get('pinned')),
    archived: truthy(meta.get('archived')),
    supersededBy: truthy(meta.get('superseded_by')) ? yamlText(meta.get('superseded_by')) : null,
  };
}

/** A date of a header as the runtime reads it: a YAML date, or a text that begins with one. */
export function noteDate(value: YamlValue | undefined): NoteDate | null {
  if (value === undefined || value === null) return null;
  if (isDate(value)) {
    const kind =
      value.kind === 'date' ? 'date' : /[+-]\d\d:\d\d$/.test(value.text) ? 'time with zone' : 'time';
    return { day: value.day, text: value.text, kind };
  }
  const text = yamlText(value);
  const day = text.includes('T') ? isoMomentDay(text) : isoDay(text.slice(0, 10));
  return day === null ? null : { day, text: day, kind: 'date' };
}

/** `date.fromisoformat`: `YYYY-MM-DD`, `YYYYMMDD`, and days of ISO weeks. */
function isoDay(text: string): string | null {
  const plain = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(text);
  if (plain !== null && (text.length === 8 || text.length === 10)) {
    const day = `${plain[1]}-${plain[2]}-${plain[3]}`;
    return isDay(day) ? day : null;
  }
  const week = /^(\d{4})-?W(\d{2})(?:-?([1-7]))?$/.exec(text);
  return week === null ? null : weekDay(Number(week[1]), Number(week[2]), Number(week[3] ?? 1));
}

function weekDay(year: number, week: number, day: number): string | null {
  if (year === 0 || week < 1 || week > 53) return null;
  const fourth = new Date(Date.UTC(year, 0, 4));
  const monday = fourth.getTime() - ((fourth.getUTCDay() + 6) % 7) * 86_400_000;
  const at = new Date(monday + ((week - 1) * 7 + day - 1) * 86_400_000);
  if (week === 53 && at.getUTCFullYear() !== year && at.getUTCDate() > 3) return null;
  return at.toISOString().slice(0, 10);
}

function isoMomentDay(text: string): string | null {
  const found =
    /^(\d{4}-?\d{2}-?\d{2})T(\d{2})(?::?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?)?(?:Z|[+-]\d{2}(?::?\d{2}(?::?\d{2}(?:\.\d+)?)?)?)?$/.exec(
      text,
    );
  if (found === null) return null;
  if (Number(found[2]) > 23 || Number(found[3] ?? 0) > 59 || Number(found[4] ?? 0) > 59) return null;
  return isoDay(found[1]!);
}

const fileName = /^(user|feedback|project|decision|reference)(_\d{4}(-q[1-4])?)?_[a-z0-9_]+\.md$/;
export const NOTE_TYPES = ['user', 'feedback', 'project', 'decision', 'reference'] as const;
const levels = ['high', 'medium', 'low'];
const dateText = /^\d{4}-\d{2}-\d{2}$/;

/** Whether a file name is one of a note (§2.4). */
export function isNoteName(name: string): boolean {
  return fileName.test(name);
}

type Broken = { readonly message: string; readonly key: string };

/** The rules of a note in the order in which the runtime's own check goes through them. */
function noteRule(meta: YamlMap, name: string): Broken | null {
  return (
    versionRule(meta) ??
    textRule(meta, 'name', 80) ??
    textRule(meta, 'description', 200) ??
    oneOf(meta, 'type', NOTE_TYPES) ??
    dateRule(meta, 'captured') ??
    dateRule(meta, 'last_seen') ??
    sourcesRule(meta) ??
    oneOf(meta, 'confidence', levels) ??
    optionalRule(meta) ??
    (isNoteName(name) ? null : { key: '', message: `Its name does not follow type_topic.md: “${name}”.` })
  );
}

function pageRule(meta: YamlMap): Broken | null {
  return (
    versionRule(meta) ??
    oneOf(meta, 'type', ['wiki_page']) ??
    textRule(meta, 'name', 80) ??
    textRule(meta, 'description', 200) ??
    (meta.has('tags') && !isList(meta.get('tags')) ? { key: 'tags', message: 'tags is no list.' } : null) ??
    (meta.has('pinned') && typeof meta.get('pinned') !== 'boolean'
      ? { key: 'pinned', message: 'pinned is neither true nor false.' }
      : null)
  );
}

function lacks(key: string): Broken {
  return { key, message: `It lacks ${key}.` };
}

function versionRule(meta: YamlMap): Broken | null {
  const key = 'schema_version';
  if (!meta.has(key)) return lacks(key);
  const value = meta.get(key);
  if (typeof value !== 'bigint' && typeof value !== 'boolean') {
    return { key, message: `schema_version is ${typeName(value)}, not a whole number.` };
  }
  return value === 1n || value === true
    ? null
    : { key, message: `schema_version is ${yamlText(value)}, not 1.` };
}

function textRule(meta: YamlMap, key: string, most: number): Broken | null {
  if (!meta.has(key)) return lacks(key);
  const value = meta.get(key);
  if (typeof value !== 'string') return { key, message: `${key} is ${typeName(value)}, not a text.` };
  const length = pyLength(value);
  return length <= most ? null : { key, message: `${key} has ${length} characters; ${most} are allowed.` };
}

function oneOf(meta: YamlMap, key: string, allowed: readonly string[]): Broken | null {
  if (!meta.has(key)) return lacks(key);
  const value = meta.get(key);
  if (typeof value !== 'string') return { key, message: `${key} is ${typeName(value)}, not a text.` };
  return allowed.includes(value)
    ? null
    : { key, message: `${key} is “${value}”, none of ${allowed.join(', ')}.` };
}

function dateRule(meta: YamlMap, key: string): Broken | null {
  if (!meta.has(key)) return lacks(key);
  const value = meta.get(key);
  if (isDate(value) || (typeof value === 'string' && dateText.test(value))) return null;
  return { key, message: `${key} is no date of the form YYYY-MM-DD.` };
}

function sourcesRule(meta: YamlMap): Broken | null {
  const key = 'sources';
  if (!meta.has(key)) return lacks(key);
  const value = meta.get(key);
  if (!isList(value)) return { key, message: `sources is ${typeName(value)}, not a list.` };
  return value.length > 0 ? null : { key, message: 'sources is an empty list.' };
}

function optionalRule(meta: YamlMap): Broken | null {
  const given = (key: string): YamlValue => meta.get(key) ?? null;
  if (meta.has('pinned') && typeof given('pinned') !== 'boolean') {
    return { key: 'pinned', message: 'pinned is neither true nor false.' };
  }
  const expires = given('expires_at');
  if (expires !== null && !isDate(expires) && !(typeof expires === 'string' && dateText.test(expires))) {
    return { key: 'expires_at', message: 'expires_at is no date of the form YYYY-MM-DD.' };
  }
  const supersedes = given('supersedes');
  if (supersedes !== null && typeof supersedes !== 'string') {
    return { key: 'supersedes', message: `supersedes is ${typeName(supersedes)}, not the name of a file.` };
  }
  if (meta.has('tags') && !isList(given('tags'))) return { key: 'tags', message: 'tags is no list.' };
  return null;
}

/** Why `int(schema_version)` fails, which breaks the loading of the whole agent where the note is sent; else null. */
export function schemaCrash(note: NoteFile): string | null {
  const { meta } = note.fm;
  if (!meta.has('schema_version')) return null;
  const value = meta.get('schema_version') ?? null;
  if (typeof value === 'bigint' || typeof value === 'boolean') return null;
  if (typeof value === 'number' && Number.isFinite(value)) return null;
  if (typeof value === 'string' && /^\s*[+-]?\d+(?:_\d+)*\s*$/.test(value)) return null;
  return `${note.name} has ${typeName(value)} as schema_version, at which the runtime fails when it loads the agent.`;
}
