import type { CheckReport } from '../contract/problem.ts';
import type { CheckEvent } from '../contract/workspace.ts';
import { checkRepository } from '../core/vek/check.ts';
import type { RepositoryPaths } from '../core/vek/paths.ts';
import { eventsOf } from './channel.ts';
import { countFindings } from './vek-findings.ts';

/** A report with the time at which the check ended. */
export type CheckEnd = { readonly report: CheckReport; readonly atMicros: number };

/** Checks a repository and tells how far it is; ends with how it ended. `ended` gets the whole report before that is told. */
export function runCheck(
  paths: RepositoryPaths,
  signal: AbortSignal | undefined,
  ended: (end: CheckEnd) => void,
): AsyncGenerator<CheckEvent, void, void> {
  return eventsOf(async (tell, stop) => {
    const checked = await checkRepository(paths, {
      signal: stop,
      onProgress: ({ done, total }) => tell({ type: 'progress', done, total }),
    });
    if (!checked.ok) {
      tell({ type: 'failed', error: checked.error });
      return;
    }
    const atMicros = Date.now() * 1000;
    ended({ report: checked.value, atMicros });
    const { ok, checked: counts, problems } = checked.value;
    const report = { ok, checked: counts, findings: countFindings(problems) };
    tell({ type: 'report', report, atMicros });
  }, signal);
}
