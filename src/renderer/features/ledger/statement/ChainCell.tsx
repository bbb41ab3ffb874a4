import type { ChainState } from '../../../../contract/ledger.ts';
import { CHAIN_WORDS } from '../words.ts';
import './chain-cell.css';

/**
 * One link of the chain beside its entry: solid where all before it is proved, ringed where the original closes a break
 * before it, hollow where it only follows, hatched where a fitting hash proves nothing, a cross where it is wrong, dashed
 * where it can't be known.
 */
export function ChainCell({ state }: { readonly state: ChainState | 'gone' }) {
  return (
    <>
      {state !== 'gone' && <span className="visually-hidden">{CHAIN_WORDS[state].badge}</span>}
      <svg className="ls-link" data-state={state} viewBox="0 0 16 16" width={16} height={16} aria-hidden>
        {state === 'broken' || state === 'forged' ? (
          <path d="M4.5 4.5l7 7M11.5 4.5l-7 7" />
        ) : (
          <circle cx={8} cy={8} r={state === 'verified' ? 3 : 2.75} />
        )}
        {state === 'anew' && <path d="M4.5 11.5l7-7" />}
      </svg>
    </>
  );
}
