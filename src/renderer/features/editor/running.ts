import type { WrittenBy } from '../../../contract/agent-files.ts';
import type { Running } from '../../../contract/fleet.ts';

/** What a run of the agent means for writing one of its files; null while none is known (§14). */
export function runningWords(agent: string, running: Running | null, writtenBy: WrittenBy): string | null {
  if (running === null || running.state === 'idle' || running.state === 'unknown') return null;
  const runs = running.state === 'running' ? `${agent} runs now` : `${agent} probably runs now`;
  return writtenBy === 'person'
    ? `${runs}. What you save takes effect with its next run.`
    : `${runs}, and writes this file itself: saving waits until the run has ended.`;
}
