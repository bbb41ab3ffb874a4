import type { LedgerInvariant, LedgerUnknown } from '../../../contract/ledger-report.ts';
import type { ChainVerdict, ReplayVerdict } from '../chain/verdict.ts';
import type { Beside } from '../cross/beside.ts';
import type { LedgerLook } from '../store.ts';
import { seenOf, type CrossCheck } from './cross-pieces.ts';
import { replayFindings } from './explained.ts';
import { checkRules, withChain } from './invariants.ts';
import { uncovered } from './invariant-findings.ts';
import { joinSeen } from './join-seen.ts';
import { lacking, lostRows } from './lacking.ts';
import { startCheck, type Pages } from './start-check.ts';
import type { Checked, CheckTerms } from './types.ts';
import { dated } from './when.ts';

export type Verdicts = {
  readonly chain: ChainVerdict;
  readonly replay: ReplayVerdict;
  readonly cross: CrossCheck;
  readonly pages: Pages;
  /** null: not read yet */
  readonly beside: Beside | null;
  /** invariants that need no chain; null: not asked yet */
  readonly rules: readonly LedgerInvariant[] | null;
};

/** What a look at everything comes to, once all entries were read. */
export function conclude(look: LedgerLook, terms: CheckTerms, verdicts: Verdicts): Checked {
  const { chain, replay, cross, pages, beside, rules } = verdicts;
  const found = cross.finish(chain, replay, beside);
  const invariants = withChain(rules ?? checkRules(look), chain);
  const lack = lacking(look, pages);
  const lost = lostRows(look, found.findings);
  const own = [...lost.findings, ...lack.findings];
  // what fails in a file that lost rows says no more than that it lost them
  if (!look.how.salvaged) {
    own.push(...uncovered(look, invariants, own, chain));
    own.push(...replayFindings(replay, own));
  }
  // What AEX itself does to the log of a deleted agent breaks no more than its own check.
  const holds = (chain.ok && replay.ok) || own.some(({ kind }) => kind === 'agent-deleted');
  const sound = holds && own.every(({ severity }) => severity !== 'error');
  const seen = seenOf(look, terms, sound);
  const unknown: LedgerUnknown[] = [...lack.unknown, ...lost.unknown, ...found.unknown];
  if (pages === null) {
    unknown.push({
      what: 'pages',
      agent: null,
      seq: null,
      message:
        'Whether all pages of the file are sound was not asked of SQLite: the file is too large for it to be quick. All entries and records were read without an error.',
    });
  }
  return {
    chain,
    replay: { ok: replay.ok, detail: replay.detail },
    startCheck: startCheck(look, pages, invariants),
    invariants,
    findings: dated(look, joinSeen(own, seen.findings)),
    unknown,
    sound: found.sound,
    witness: seen.verdict,
    counts: countsOf(look),
  };
}

function countsOf(look: LedgerLook): Checked['counts'] {
  const { agents, executions, reservations } = look.counts();
  const compat = look.has('events')
    ? (look.db.prepare<[], number>('SELECT count(*) FROM events').pluck().get() ?? 0)
    : 0;
  return { agents, executions, reservations, compat };
}
