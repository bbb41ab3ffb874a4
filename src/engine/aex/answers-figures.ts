import type { Account } from '../../contract/ledger.ts';
import { fail, ok } from '../../core/result.ts';
import { accountOf, overviewOf } from './overview.ts';
import type { LedgerScene } from './scene.ts';
import type { LedgerSession } from './session.ts';

type Answers = Pick<LedgerSession['answers'], 'overview' | 'timeline' | 'accounts' | 'report'>;

const later = () => fail('not-found', 'Not read yet.', '');

/** Figures over the whole ledger. */
export function answersAboutFigures(scene: LedgerScene): Answers {
  const { paths, live, checks, writing } = scene;
  return {
    async overview() {
      const brief = await live.brief();
      if (!brief.ok) return brief;
      const { index, revision } = live.now();
      const accounts: readonly Account[] = brief.value.accounts.map((row) =>
        accountOf(row, brief.value.open.get(row.name) ?? 0, null),
      );
      return ok(
        overviewOf({
          paths,
          brief: brief.value,
          accounts,
          revision,
          writing: writing.writing(),
          ready: index !== null,
          report: checks.summary(),
          models: scene.models(),
        }),
      );
    },
    timeline: later,
    accounts: later,
    report: () => ok(checks.last()),
  };
}
