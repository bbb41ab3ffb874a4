import { compareCodePoints } from '../../json/tree.ts';
import { fail, ok, type Result } from '../../result.ts';
import { fileOfBytes } from '../folder.ts';
import type { AgentFolder, FolderEntry, FolderFile } from '../folder.ts';
import { overlaidRoot } from './overlay-root.ts';

/** A text that lies over a folder; null: the file is taken away. */
export type Laid = { readonly path: string; readonly text: string | null };

/**
 * A folder as it would be with these texts written, so that all that reads folders can say what comes of them. Nothing
 * is written. A folder whose last file is taken away stays, as it does on disk.
 */
export function overlayOf(base: AgentFolder, edits: readonly Laid[]): AgentFolder {
  const files = new Map<string, FolderFile | null>();
  const folders = new Map<string, Set<string>>();
  const modified = Date.now() * 1000;
  for (const { path, text } of edits) {
    files.set(path, text === null ? null : fileOfBytes(path, Buffer.from(text), modified));
    if (text === null) continue;
    for (let at = path; at !== ''; at = parentOf(at)) {
      const above = parentOf(at);
      const known = folders.get(above) ?? new Set();
      folders.set(above, known.add(at));
    }
  }

  const text = (path: string): Result<FolderFile> => {
    const laid = files.get(path);
    if (laid === undefined) return base.text(path);
    if (laid !== null) return ok(laid);
    return fail('not-found', `${path} is not there.`, 'It is taken away by what is being written.');
  };

  const entryAt = (path: string): FolderEntry => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const file = files.get(path) ?? null;
    return file === null
      ? { name, path, kind: 'folder', bytes: 0, modifiedMicros: modified, why: null }
      : { name, path, kind: 'file', bytes: file.bytes, modifiedMicros: file.modifiedMicros, why: null };
  };

  const list = (path: string): Result<readonly FolderEntry[]> => {
    const below = base.list(path);
    if (!below.ok) return below;
    const changed = below.value.some((entry) => files.has(entry.path));
    const added = folders.get(path);
    if (!changed && added === undefined) return below;
    const entries = below.value.flatMap((entry) => {
      const laid = files.get(entry.path);
      return laid === undefined ? [entry] : laid === null ? [] : [entryAt(entry.path)];
    });
    const there = new Set(entries.map((entry) => entry.path));
    for (const one of added ?? []) if (!there.has(one)) entries.push(entryAt(one));
    return ok(entries.sort((a, b) => compareCodePoints(a.name, b.name)));
  };

  const isFile = (path: string): boolean => {
    const laid = files.get(path);
    return laid === undefined ? base.isFile(path) : laid !== null;
  };

  const laidFolder: AgentFolder = {
    root: base.root,
    text,
    list,
    isFile,
    has: (path) => {
      const laid = files.get(path);
      if (laid !== undefined) return laid !== null;
      return folders.has(path) || base.has(path);
    },
    refresh: (changed) => base.refresh(changed),
    pathOf: (agent, file) => base.pathOf(agent, file),
    sharedPath: (file) => base.sharedPath(file),
  };
  const root = overlaidRoot(
    laidFolder,
    edits.map(({ path }) => path),
  );
  return root === base.root ? laidFolder : { ...laidFolder, root };
}

function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}
