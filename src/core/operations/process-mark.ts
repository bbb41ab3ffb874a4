import { readFileSync } from 'node:fs';

/** A process that can be told from a later one with the same number. `start` is empty where the system won't say. */
export type ProcessMark = { readonly pid: number; readonly start: string };

/** This process. */
export function thisProcess(): ProcessMark {
  return { pid: process.pid, start: startOf(process.pid) ?? '' };
}

/** Whether that very process still runs. In doubt (no start mark to compare) a process of that number counts. */
export function isAlive(mark: ProcessMark): boolean {
  try {
    process.kill(mark.pid, 0);
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'EPERM') return false;
  }
  const start = startOf(mark.pid);
  return mark.start === '' || start === null || start === mark.start;
}

/** Boot and start time of a process on Linux; a zombie counts as ended. Null elsewhere. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return fields[0] === 'Z' ? 'ended' : `${boot}:${fields[19]}`;
  } catch {
    return null;
  }
}
