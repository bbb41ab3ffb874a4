import type { FileFinding } from '../../../contract/agent-files.ts';
import { parseJson } from '../../json/parse.ts';
import type { AgentFolder, FolderEntry, FolderFile } from '../folder.ts';
import { jsonValue } from '../text/json-value.ts';
import { universalNewlines } from '../text/python-text.ts';
import type { YamlValue } from '../../yaml/yaml-value.ts';

/** A file's text, or null where it is not there or is no text. */
export function textOf(folder: AgentFolder, path: string): string | null {
  const file = folder.text(path);
  return file.ok ? file.value.text : null;
}

/** A file, or null where it is not there or cannot be read. */
export function fileOf(folder: AgentFolder, path: string): FolderFile | null {
  const file = folder.text(path);
  return file.ok ? file.value : null;
}

/** Entries of a folder; none where it is not there. */
export function entriesOf(folder: AgentFolder, path: string): readonly FolderEntry[] {
  const entries = folder.list(path);
  return entries.ok ? entries.value : [];
}

/** Files of a folder whose names end so, hidden ones left out. */
export function filesOf(folder: AgentFolder, path: string, ending: string): readonly FolderEntry[] {
  return entriesOf(folder, path).filter(({ kind, name }) => kind === 'file' && name.endsWith(ending));
}

/** Folders directly in a folder, hidden ones left out. */
export function foldersOf(folder: AgentFolder, path: string): readonly FolderEntry[] {
  return entriesOf(folder, path).filter(({ kind, name }) => kind === 'folder' && !name.startsWith('.'));
}

/** All files below a folder, hidden folders left out; deeper than ten levels nothing of the format lies. */
export function filesBelow(folder: AgentFolder, path: string, depth = 10): readonly FolderEntry[] {
  return entriesOf(folder, path).flatMap((entry) =>
    entry.kind === 'folder'
      ? depth > 0 && !entry.name.startsWith('.')
        ? filesBelow(folder, entry.path, depth - 1)
        : []
      : entry.kind === 'file'
        ? [entry]
        : [],
  );
}

/** Makes a reader of files that reads each state of a file once. */
export function oncePerFile<T>(read: (file: FolderFile) => T): (file: FolderFile) => T {
  const kept = new WeakMap<FolderFile, { readonly value: T }>();
  return (file) => {
    const known = kept.get(file);
    if (known !== undefined) return known.value;
    const value = read(file);
    kept.set(file, { value });
    return value;
  };
}

/** A JSON text as a value, or the reason why it is none. */
export function readJson(
  text: string,
):
  | { readonly ok: true; readonly value: YamlValue }
  | { readonly ok: false; readonly message: string; readonly line: number } {
  const parsed = parseJson(text);
  if (parsed.ok) return { ok: true, value: jsonValue(parsed.node) };
  return { ok: false, message: parsed.error.message, line: parsed.error.line };
}

/** The lines of a JSONL text that hold something, with their numbers from 1. */
export function jsonLines(text: string): readonly { readonly line: number; readonly text: string }[] {
  return universalNewlines(text)
    .split('\n')
    .map((row, i) => ({ line: i + 1, text: row }))
    .filter((row) => row.text.trim() !== '');
}

/** Makes a finding. */
export function finding(
  severity: FileFinding['severity'],
  message: string,
  hint = '',
  line: number | null = null,
): FileFinding {
  return { severity, message, hint, line };
}

/** Upstream's estimate of tokens: characters / 4. */
export function tokensOf(text: string): number {
  return Math.floor(text.length / 4);
}
