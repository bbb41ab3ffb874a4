import type { ChainState } from '../../../../contract/ledger.ts';
import type { Severity } from '../../../../contract/problem.ts';
import { CHAIN_WORDS } from '../words.ts';
import './chain-cell.css';

const FITTING: ReadonlySet<ChainState | 'gone'> = new Set(['verified', 'closed', 'follows']);

type Props = {
  readonly state: ChainState | 'gone';
  /** the worst finding about it */
  readonly finding?: Severity | null;
};

/**
 * One link of the chain beside its entry: solid where all before it is proved, ringed where the original closes a break
 * before it, hollow where it only follows, hatched where a fitting hash proves nothing, a cross where it is wrong, dashed
 * where it can't be known. What fits and is doubted all the same, by what no hash covers, is a ring in bad colour.
 */
export function ChainCell({ state, finding = null }: Props) {
  const doubted = finding === 'error' && FITTING.has(state);
  return (
    <>
      {state !== 'gone' && (
        <span className="visually-hidden">
          {CHAIN_WORDS[state].badge}
          {doubted && ', and contradicted'}
        </span>
      )}
      <svg
        className="ls-link"
        data-state={state}
        data-doubted={doubted || undefined}
        viewBox="0 0 16 16"
        width={16}
        height={16}
        aria-hidden
      >
        {state === 'broken' || state === 'forged' ? (
          <path d="M4.5 4.5l7 7M11.5 4.5l-7 7" />
        ) : (
          <circle cx={8} cy={8} r={state === 'verified' && !doubted ? 3 : 2.75} />
        )}
        {state === 'anew' && <path d="M4.5 11.5l7-7" />}
      </svg>
    </>
  );
}
