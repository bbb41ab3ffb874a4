import type { QueuePart } from '../../../contract/agent-parts.ts';
import type { AgentFolder, FolderEntry } from '../folder.ts';
import { scalarText } from '../settings/numbers.ts';
import { isMap } from '../../yaml/yaml-value.ts';
import { entriesOf, fileOf, foldersOf, readJson, textOf } from './read.ts';

type Item = QueuePart['projects'][number]['items'][number];

/** The queues of all cascade projects of a root (formats/atomic-agents.md §2.23, §2.24). */
export function readQueue(folder: AgentFolder): QueuePart {
  const projects = folder.root.cascades.flatMap((system) =>
    foldersOf(folder, `${system}/projects`).map(({ name, path }) => ({
      system,
      project: name,
      roles: foldersOf(folder, `${path}/agents`).map((role) => role.name),
      items: itemsOf(folder, `${path}/queue`),
    })),
  );
  return { part: 'queue', projects };
}

function itemsOf(folder: AgentFolder, queue: string): readonly Item[] {
  const items: Item[] = [];
  for (const role of foldersOf(folder, `${queue}/queued`)) {
    if (role.name === '_recovered') {
      for (const lease of foldersOf(folder, role.path)) {
        for (const file of workFiles(folder, lease.path))
          items.push(item(folder, file, 'recovered', null, lease));
      }
    } else {
      for (const file of workFiles(folder, role.path))
        items.push(item(folder, file, 'queued', role.name, null));
    }
  }
  for (const state of ['claimed', 'done', 'dead-letter'] as const) {
    for (const lease of foldersOf(folder, `${queue}/${state}`)) {
      for (const file of workFiles(folder, lease.path)) items.push(item(folder, file, state, null, lease));
    }
  }
  return items;
}

function workFiles(folder: AgentFolder, path: string): readonly FolderEntry[] {
  return entriesOf(folder, path).filter(
    ({ kind, name }) =>
      kind === 'file' && !name.startsWith('.') && !/\.(?:lease\.json|reason\.txt|tmp)$/.test(name),
  );
}

function item(
  folder: AgentFolder,
  file: FolderEntry,
  state: Item['state'],
  role: string | null,
  lease: FolderEntry | null,
): Item {
  const side = readJson(textOf(folder, `${file.path}.lease.json`) ?? '');
  const map = side.ok && isMap(side.value) ? side.value : null;
  // the reason stands beside the item, or beside its folder
  const reason =
    fileOf(folder, `${file.path}.reason.txt`) ??
    (lease === null ? null : fileOf(folder, `${lease.path}.reason.txt`));
  const until = scalarText(map?.get('lease_expires_at'));
  return {
    path: file.path,
    state,
    role: role ?? scalarText(map?.get('role')),
    modifiedMicros: file.modifiedMicros,
    reason: reason?.text?.trim() ?? null,
    lease: lease === null ? null : until === null ? lease.name : `${lease.name}, until ${until}`,
  };
}
