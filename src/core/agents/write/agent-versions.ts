import { limits } from '../../storage/limits.ts';
import type { AgentFolder } from '../folder.ts';

/** A former text that the runtime put away when it changed a note or a page. */
export type AgentVersion = {
  readonly sha256: string;
  readonly atMicros: number;
  readonly bytes: number;
  /** the path of the copy */
  readonly copy: string;
};

const NOTE = /^((?:.*\/)?(?:memory|wiki))\/([^/]+)\.md$/;
/** `<YYYYMMDDTHHMMSSffffffZ>_<8 hex of the hash>.md` (formats/atomic-agents.md §2.4). */
const NAME = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{6})Z_[0-9a-f]{8}\.md$/;

/** The versions that an agent keeps of a note or a page of its wiki, under `.versions/<stem>/`; of other files none. */
export function agentVersions(folder: AgentFolder, path: string): readonly AgentVersion[] {
  const note = NOTE.exec(path);
  if (note === null) return [];
  const listed = folder.list(`${note[1]!}/.versions/${note[2]!}`);
  if (!listed.ok) return [];
  return listed.value
    .slice(-limits.agentVersionsRead)
    .flatMap(({ name, path: copy, kind }): AgentVersion[] => {
      const time = NAME.exec(name);
      if (kind !== 'file' || time === null) return [];
      const [year, month, day, hour, minute, second, micros] = time.slice(1).map(Number);
      const at = Date.UTC(year!, month! - 1, day, hour, minute, second) * 1000 + micros!;
      const file = folder.text(copy);
      if (!file.ok || file.value.text === null) return [];
      return [{ sha256: file.value.sha256, atMicros: at, bytes: file.value.bytes, copy }];
    });
}
