import type { AgentFolder, FolderEntry, FolderFile } from '../folder.ts';
import type { AgentsRoot } from '../places.ts';
import { openFolder } from '../folder.ts';
import type { Result } from '../../result.ts';

const opened = new WeakMap<AgentsRoot, AgentFolder>();

/** The folder of a root that remembers what it read: texts are asked about at each pause of typing. */
export function knownFolder(root: AgentsRoot): AgentFolder {
  const known = opened.get(root) ?? openFolder(root);
  opened.set(root, known);
  return known;
}

/** A folder as it stands at one moment: what was asked once is not looked at again. */
export function frozen(folder: AgentFolder): AgentFolder {
  const texts = new Map<string, Result<FolderFile>>();
  const lists = new Map<string, Result<readonly FolderEntry[]>>();
  const kinds = new Map<string, boolean>();
  const files = new Map<string, boolean>();
  return {
    root: folder.root,
    text: (path) => once(texts, path, () => folder.text(path)),
    list: (path) => once(lists, path, () => folder.list(path)),
    has: (path) => once(kinds, path, () => folder.has(path)),
    isFile: (path) => once(files, path, () => folder.isFile(path)),
    refresh: (changed) => {
      for (const kept of [texts, lists, kinds, files]) kept.clear();
      folder.refresh(changed);
    },
    pathOf: (agent, file) => folder.pathOf(agent, file),
    sharedPath: (file) => folder.sharedPath(file),
  };
}

function once<T>(kept: Map<string, T>, path: string, read: () => T): T {
  const known = kept.get(path);
  if (known !== undefined) return known;
  const value = read();
  kept.set(path, value);
  return value;
}
