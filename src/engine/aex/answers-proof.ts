import type { ChainLink } from '../../contract/ledger-detail.ts';
import { lookAtLedger } from '../../core/aex/store.ts';
import { fail } from '../../core/result.ts';
import { flat } from './answers-entries.ts';
import { chainAround } from './chain-links.ts';
import { executionDetail } from './execution.ts';
import type { LedgerScene } from './scene.ts';
import type { LedgerSession } from './session.ts';

type Answers = Pick<LedgerSession['answers'], 'execution' | 'chain' | 'proof' | 'compare' | 'exportRows'>;

const later = () => fail('not-found', 'Not read yet.', '');

/** Single executions, and what a stranger can check. */
export function answersAboutProof(scene: LedgerScene): Answers {
  const { paths, live, checks } = scene;
  return {
    async execution({ id }) {
      const brief = await live.brief();
      if (!brief.ok) return brief;
      const facts = scene.rowFacts(live.now().index, null);
      const findings = checks.stale() ? [] : (checks.last()?.findings ?? []);
      const parts = { models: scene.models(), masker: scene.masker(), nowMicros: facts.nowMicros };
      return flat(lookAtLedger(paths, (look) => executionDetail(look, paths, id, facts, findings, parts)));
    },
    chain: ({ seq, reach }) =>
      lookAtLedger(paths, (look): readonly ChainLink[] => chainAround(look, seq, reach)),
    proof: later,
    compare: later,
    exportRows: later,
  };
}
