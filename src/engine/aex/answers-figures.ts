import type { Account } from '../../contract/ledger.ts';
import { lookAtLedger } from '../../core/aex/store.ts';
import { timelineOf } from '../../core/aex/timeline/timeline.ts';
import type { LedgerFacts } from '../../core/aex/views/facts.ts';
import { ok } from '../../core/result.ts';
import { ledgerAccounts } from './accounts.ts';
import { overviewOf } from './overview.ts';
import { accountsNow } from './replayed.ts';
import type { LedgerScene } from './scene.ts';
import type { LedgerSession } from './session.ts';

type Answers = Pick<LedgerSession['answers'], 'overview' | 'timeline' | 'accounts' | 'report'>;

/** Figures over the whole ledger. */
export function answersAboutFigures(scene: LedgerScene): Answers {
  const { paths, live, checks, writing, policies } = scene;
  let kept: {
    readonly revision: number;
    readonly told: LedgerFacts['told'];
    readonly accounts: readonly Account[];
  } | null = null;

  /** The accounts of the state that is known now, made once for each revision and check. */
  function accounts(): readonly Account[] {
    const { brief, index, revision } = live.now();
    if (brief === null) return [];
    const { told } = scene.facts();
    if (kept?.revision !== revision || kept.told !== told) {
      kept = { revision, told, accounts: accountsNow(brief, index, Date.now() * 1000, told) };
    }
    return kept.accounts;
  }

  return {
    async overview() {
      const brief = await live.brief();
      if (!brief.ok) return brief;
      const { index, revision } = live.now();
      // Accounts are what is looked at next.
      if (index !== null) void policies.ready(brief.value);
      return ok(
        overviewOf({
          paths,
          brief: brief.value,
          accounts: accounts(),
          revision,
          writing: writing.writing(),
          ready: index !== null,
          entries: index?.columns.count ?? null,
          report: checks.summary(),
          checkingSince: checks.runningSince(),
          models: scene.models(),
        }),
      );
    },
    async timeline(input, signal) {
      const index = await live.index(signal);
      if (!index.ok) return index;
      const { revision } = live.now();
      return ok({ revision, ...timelineOf(index.value.columns, input, scene.facts()) });
    },
    async accounts(_input, signal) {
      const index = await live.index(signal);
      if (!index.ok) return index;
      await policies.ready(live.now().brief);
      const { brief, revision } = live.now();
      return lookAtLedger(paths, (look) =>
        ledgerAccounts(look, {
          brief: brief!,
          index: index.value,
          accounts: accounts(),
          models: scene.models(),
          policies,
          revision,
          nowMicros: Date.now() * 1000,
        }),
      );
    },
    report: () => ok(checks.last()),
  };
}
