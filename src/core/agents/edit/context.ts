import { asOf } from '../days.ts';
import { openFolder, type AgentFolder } from '../folder.ts';
import type { AgentsRoot } from '../places.ts';

/** What planning and writing into a folder of agents needs of its host. */
export type EditContext = {
  /** reads files as they stand now */
  readonly folder: AgentFolder;
  /** the user's app folder, where former versions, the record and change sets are kept */
  readonly dataDir: string;
  /** the day that dates are written for, YYYY-MM-DD */
  readonly today: string;
  readonly nowMicros: () => number;
  readonly from: 'window' | 'terminal';
  /** called at each step of a write; tests end the process there */
  readonly probe?: (point: string) => void;
};

/**
 * The context of a root as it stands now. `today` null: by this machine's clock. `folder`: one that was read from before,
 * and looks again at what changed.
 */
export function editContext(
  root: AgentsRoot,
  dataDir: string,
  today: string | null,
  from: EditContext['from'],
  folder: AgentFolder = openFolder(root),
): EditContext {
  return {
    folder,
    dataDir,
    today: asOf(today).today,
    nowMicros: () => Math.round((performance.timeOrigin + performance.now()) * 1000),
    from,
  };
}
