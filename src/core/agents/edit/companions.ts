import { createHash, randomBytes } from 'node:crypto';
import type { WrittenFor } from '../../../contract/edits.ts';
import { placeOf } from '../file-kind.ts';
import type { AgentFolder, FolderFile } from '../folder.ts';
import { readNote } from '../parts/note.ts';
import { fileOf, readJson } from '../parts/read.ts';
import { PERSONA_FILES } from '../prompt-persona.ts';
import { scalarText } from '../settings/numbers.ts';
import { isMap } from '../../yaml/yaml-value.ts';
import { sharedPersonaOf } from './affected.ts';
import { indexAfter } from './companion-index.ts';
import type { NoteChange } from './companion-index.ts';

/** A text to be written, why, and what asks for it. */
export type Added = {
  readonly path: string;
  readonly text: string | null;
  readonly writtenFor: Exclude<WrittenFor, 'person'>;
  readonly why: string;
};

export type Companions = {
  /** written before the person's files */
  readonly first: readonly Added[];
  /** written after them */
  readonly last: readonly Added[];
  readonly warnings: readonly string[];
};

type Edit = { readonly path: string; readonly text: string | null };

/**
 * What the rules of the format add to a change: the former text of a note or page under `.versions`, a snapshot of a
 * shared persona, and the lines of the index (formats/atomic-agents.md §2.1, §2.4–2.6, §14). `after` is the folder with
 * the change laid over it.
 */
export function companionsOf(
  folder: AgentFolder,
  after: AgentFolder,
  edits: readonly Edit[],
  label: string | null,
  nowMicros: number,
): Companions {
  const own = new Set(edits.map(({ path }) => path));
  const first: Added[] = [];
  const warnings: string[] = [];
  const personas = new Set<string>();
  const notes = new Map<string, NoteChange[]>();
  for (const { path } of edits) {
    const { kind } = placeOf(after, path);
    const before = fileOf(folder, path);
    if (kind === 'memory-note' || kind === 'wiki-page') first.push(...versionOf(before, nowMicros));
    if (kind === 'memory-note') noteChange(folder, after, path, notes);
    const persona = sharedPersonaOf(path);
    if (persona !== null) personas.add(path.slice(0, path.lastIndexOf('/')));
  }
  for (const home of personas) {
    const snapshot = snapshotOf(folder, home, label, nowMicros);
    if (snapshot === null) {
      if (folder.has(home)) warnings.push(`No snapshot is kept of ${home}: it was not complete.`);
    } else first.push(...snapshot);
  }
  const last: Added[] = [];
  for (const [home, changes] of notes) {
    const path = `${home}/INDEX.md`;
    if (own.has(path)) continue;
    const base = fileOf(folder, path);
    if (base !== null && base.text === null) continue;
    const text = base?.text ?? null;
    const index = indexAfter(text, changes);
    warnings.push(...index.warnings);
    if (index.text === null || index.text === text) continue;
    const why = `The index names what the agent remembers: ${changes.map(({ file }) => file).join(', ')}.`;
    last.push({ path, text: index.text, writtenFor: 'index', why });
  }
  return { first, last, warnings };
}

function noteChange(
  folder: AgentFolder,
  after: AgentFolder,
  path: string,
  notes: Map<string, NoteChange[]>,
): void {
  const slash = path.lastIndexOf('/');
  const home = path.slice(0, slash);
  const was = fileOf(folder, path);
  const is = fileOf(after, path);
  const change: NoteChange = {
    file: path.slice(slash + 1),
    before: was === null ? null : readNote(was),
    after: is === null ? null : readNote(is),
  };
  notes.set(home, [...(notes.get(home) ?? []), change]);
}

/** The former text under the name that the runtime gives it: the moment, and the beginning of its hash. */
function versionOf(before: FolderFile | null, nowMicros: number): readonly Added[] {
  if (before === null || before.text === null) return [];
  const slash = before.path.lastIndexOf('/');
  const stem = before.path.slice(slash + 1).replace(/\.md$/, '');
  const hash = createHash('sha256').update(before.text).digest('hex').slice(0, 8);
  const moment = isoMicros(nowMicros).replaceAll(/[-:.]/g, '');
  const path = `${before.path.slice(0, slash)}/.versions/${stem}/${moment}_${hash}.md`;
  const why = 'The agent keeps the former text of what it remembers.';
  return [{ path, text: before.text, writtenFor: 'version', why }];
}

/** `2026-06-08T09:30:00.123456Z`. */
function isoMicros(micros: number): string {
  const seconds = new Date(Math.floor(micros / 1000)).toISOString().slice(0, 19);
  return `${seconds}.${String(Math.floor(micros % 1_000_000)).padStart(6, '0')}Z`;
}

/** A snapshot of a shared persona as it stands, with the keys that the runtime's own has; null: it is not complete. */
function snapshotOf(
  folder: AgentFolder,
  home: string,
  label: string | null,
  nowMicros: number,
): readonly Added[] | null {
  const texts = PERSONA_FILES.map((name) => ({
    name,
    text: fileOf(folder, `${home}/${name}`)?.text ?? null,
  }));
  const read = readJson(fileOf(folder, `${home}/metadata.json`)?.text ?? '');
  if (!read.ok || !isMap(read.value) || texts.some(({ text }) => text === null)) return null;
  const meta = read.value;
  const version = meta.get('version');
  const id = `snap_${localTime(nowMicros).slice(0, 19).replaceAll(':', '')}_${randomBytes(6).toString('hex')}`;
  const metadata = {
    snapshot_id: id,
    persona_id: home.slice(home.lastIndexOf('/') + 1),
    label,
    created_at: localTime(nowMicros),
    persona_version: typeof version === 'bigint' ? Number(version) : (scalarText(version) ?? 1),
    persona_label: scalarText(meta.get('label')),
    persona_created_at: scalarText(meta.get('created_at')) ?? '',
  };
  const why = 'The shared persona as it was, so that the agents’ own command can bring it back.';
  const at = `${home}/.snapshots/${id}`;
  return [
    ...texts.map(({ name, text }): Added => ({ path: `${at}/${name}`, text, writtenFor: 'snapshot', why })),
    {
      path: `${at}/metadata.json`,
      text: ascii(JSON.stringify(metadata, null, 2)),
      writtenFor: 'snapshot',
      why,
    },
  ];
}

const two = (n: number): string => String(n).padStart(2, '0');

/** A moment of this machine's clock with its offset, as Python writes it. */
function localTime(micros: number): string {
  const at = new Date(Math.floor(micros / 1000));
  const offset = -at.getTimezoneOffset();
  const local = isoMicros(micros + offset * 60_000_000).slice(0, -1);
  const size = Math.abs(offset);
  return `${local}${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** JSON with other letters escaped, as Python writes it. */
function ascii(json: string): string {
  return json.replaceAll(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
