import type { LedgerView } from '../../contract/ledger.ts';
import type { LedgerIndex } from '../../core/aex/columns.ts';
import { lookAtLedger } from '../../core/aex/store.ts';
import { facetsOf } from '../../core/aex/views/facets.ts';
import { rowOfSeq } from '../../core/aex/views/rows.ts';
import { locateSeq } from '../../core/aex/views/lines.ts';
import { ok, type Result } from '../../core/result.ts';
import { earlyWindow, isPlain } from './early.ts';
import { entryDetail } from './entry.ts';
import { inexactNumber } from './failures.ts';
import type { LedgerScene } from './scene.ts';
import type { LedgerSession } from './session.ts';
import { readLines, windowOf } from './window.ts';

type Answers = Pick<LedgerSession['answers'], 'rows' | 'locate' | 'facets' | 'entry'>;

/** Lines of the statement and single entries. What is shown is read from the store at that moment. */
export function answersAboutEntries(scene: LedgerScene): Answers {
  const { paths, live, checks } = scene;

  /** The first screen of a ledger whose log is still being read; null: it has to wait for it. */
  async function early(view: LedgerView, start: number, count: number) {
    const brief = await live.brief();
    if (!brief.ok || live.now().index !== null || !isPlain(view)) return null;
    const facts = scene.rowFacts(null, null);
    const { revision } = live.now();
    return lookAtLedger(paths, (look) =>
      earlyWindow(look, brief.value, view, facts, { start, count, revision }),
    );
  }

  return {
    async rows({ view, start, count }, signal) {
      const first = await early(view, start, count);
      live.shown();
      if (first !== null) return first;
      const index = await live.index(signal);
      if (!index.ok) return index;
      const made = scene.view(index.value, view);
      const facts = scene.rowFacts(index.value, view.agent);
      const { revision } = live.now();
      const read = lookAtLedger(paths, (look) => readLines(look, index.value, made, facts, start, count));
      if (!read.ok) return read;
      if (read.value.stale) {
        live.distrust();
        void live.refresh();
      }
      return ok(windowOf(made, read.value.lines, start, revision));
    },
    async locate({ view, seq }, signal) {
      const inexact = inexactNumber(paths, seq);
      if (inexact !== null) return inexact;
      const index = await live.index(signal);
      return index.ok ? ok(locateSeq(index.value.columns, scene.view(index.value, view), seq)) : index;
    },
    async facets(input, signal) {
      const index = await live.index(signal);
      return index.ok ? ok(facetsOf(index.value.columns, input, scene.facts())) : index;
    },
    async entry({ seq }) {
      const inexact = inexactNumber(paths, seq);
      if (inexact !== null) return inexact;
      const brief = await live.brief();
      if (!brief.ok) return brief;
      const { index } = live.now();
      const facts = scene.rowFacts(index, index === null ? null : agentOf(index, seq));
      const findings = checks.stale() ? [] : (checks.last()?.findings ?? []);
      return flat(lookAtLedger(paths, (look) => entryDetail(look, paths, seq, facts, findings)));
    },
  };
}

/** Whose entry it is, so that it is shown with the balance of that account; null: nobody's, or not known. */
function agentOf({ columns }: LedgerIndex, seq: number): string | null {
  const row = rowOfSeq(columns, seq);
  return row === -1 ? null : columns.texts.text(columns.agent[row]!);
}

/** A failure within a look is the failure of the look. */
export const flat = <T>(result: Result<Result<T>>): Result<T> => (result.ok ? result.value : result);
