import type { ChainLink } from '../../contract/ledger-detail.ts';
import { lookAtLedger } from '../../core/aex/store.ts';
import { compareCopies } from '../../core/aex/copies/copies.ts';
import { exportEntries } from '../../core/aex/export/entries.ts';
import { ledgerAt } from '../../core/aex/find.ts';
import type { LedgerPaths } from '../../core/aex/paths.ts';
import { proofScript } from '../../core/aex/proof/proof.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { isInsideRoots } from '../roots.ts';
import { flat } from './answers-entries.ts';
import { chainAround } from './chain-links.ts';
import { executionDetail } from './execution.ts';
import { inexactNumber } from './failures.ts';
import type { LedgerScene } from './scene.ts';
import type { LedgerSession } from './session.ts';

type Answers = Pick<
  LedgerSession['answers'],
  'execution' | 'chain' | 'proofScript' | 'compare' | 'exportRows'
>;

const TYPES = { csv: 'text/csv', json: 'application/json', jsonl: 'application/x-ndjson' } as const;

/** Single executions, and what a stranger can check. */
export function answersAboutProof(scene: LedgerScene): Answers {
  const { paths, options, live, checks } = scene;

  /** A ledger by the path of its file, as far as that may be opened here. */
  function otherLedger(path: string): Result<LedgerPaths> {
    const found = ledgerAt(path);
    if (!found.ok || isInsideRoots(options.roots, found.value.db)) return found;
    return fail(
      'refused',
      `This server was not started with ${path}.`,
      'Start it with a folder that holds both copies.',
    );
  }

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
      inexactNumber(paths, seq) ??
      lookAtLedger(paths, (look): readonly ChainLink[] => chainAround(look, seq, reach)),
    proofScript: () => ok(proofScript()),
    async compare({ other }, signal) {
      const found = otherLedger(other);
      return found.ok ? compareCopies(paths, found.value, { signal }) : found;
    },
    async exportRows({ view, form }, signal) {
      const index = await live.index(signal);
      if (!index.ok) return index;
      const parts = { paths, index: index.value, facts: scene.facts(), masker: scene.masker() };
      const pieces = await exportEntries(parts, view, form, signal);
      return pieces.ok ? ok(new Blob([...pieces.value], { type: TYPES[form] })) : pieces;
    },
  };
}
