import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join, relative, isAbsolute, sep } from 'node:path';
import { daysFromText } from '../../records/time.ts';

/** A log as it lies in the folder. `refused` says why it is not read. */
export type ListedLog = {
  readonly path: string;
  readonly absolute: string;
  readonly day: number;
  readonly month: string | null;
  readonly refused: string | null;
};

export type LogListing = {
  readonly logs: readonly ListedLog[];
  /** folders that could not be listed, with what the system says */
  readonly problems: readonly { readonly path: string; readonly why: string }[];
};

const monthName = /^\d{4}-\d{2}$/;

/**
 * The logs of one agent, `log/YYYY-MM/*.jsonl` (formats/atomic-agents.md §1), by month and name. Names that are no
 * date are listed too: the guardrails sum up the whole month folder. What leads out of `inside` is refused.
 */
export function listLogs(agentDir: string, inside: string): LogListing {
  const logs: ListedLog[] = [];
  const problems: { path: string; why: string }[] = [];
  const folder = join(agentDir, 'log');
  const months = namesIn(folder, 'log', inside, problems).filter(({ name }) => monthName.test(name));
  for (const month of months) {
    const path = `log/${month.name}`;
    if (month.link && leadsOut(join(folder, month.name), inside)) {
      problems.push({ path, why: 'It is a link that leads out of the opened folder.' });
      continue;
    }
    if (!month.folder && !month.link) continue;
    for (const file of namesIn(join(folder, month.name), path, inside, problems)) {
      if (!file.name.endsWith('.jsonl') || file.folder || file.name.startsWith('.')) continue;
      const absolute = join(folder, month.name, file.name);
      const refused =
        file.link && leadsOut(absolute, inside) ? 'It is a link that leads out of the opened folder.' : null;
      const stem = file.name.slice(0, -'.jsonl'.length);
      logs.push({
        path: `${path}/${file.name}`,
        absolute,
        day: daysFromText(stem),
        month: month.name,
        refused,
      });
    }
  }
  return { logs, problems };
}

type Name = { readonly name: string; readonly folder: boolean; readonly link: boolean };

function namesIn(
  folder: string,
  path: string,
  inside: string,
  problems: { path: string; why: string }[],
): readonly Name[] {
  try {
    if (path === 'log') {
      const stat = lstatSync(folder, { throwIfNoEntry: false });
      if (stat === undefined) return [];
      if (stat.isSymbolicLink() && leadsOut(folder, inside)) {
        problems.push({ path, why: 'It is a link that leads out of the opened folder.' });
        return [];
      }
      if (!statSync(folder).isDirectory()) return [];
    }
    return readdirSync(folder, { withFileTypes: true })
      .map((entry) => ({ name: entry.name, folder: entry.isDirectory(), link: entry.isSymbolicLink() }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return [];
    problems.push({ path, why: error instanceof Error ? error.message : String(error) });
    return [];
  }
}

function leadsOut(path: string, inside: string): boolean {
  try {
    const way = relative(realpathSync.native(inside), realpathSync.native(path));
    return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);
  } catch {
    return true;
  }
}
