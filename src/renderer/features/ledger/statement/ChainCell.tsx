import { CHAIN_WORDS } from '../words.ts';
import type { ShownChain } from '../chain/trust.ts';

/** One link of the chain beside its entry: solid verified, cross broken, hollow follows or not to be trusted, dashed unknown, cut after a gap. */
export function ChainCell({ state }: { readonly state: ShownChain }) {
  return (
    <>
      <span className="visually-hidden">{CHAIN_WORDS[state].badge}</span>
      <svg className="ls-link" data-state={state} viewBox="0 0 16 16" width={16} height={16} aria-hidden>
        {state === 'broken' ? (
          <path d="M4.5 4.5l7 7M11.5 4.5l-7 7" />
        ) : (
          <circle cx={8} cy={8} r={state === 'verified' ? 3 : 2.75} />
        )}
        {state === 'after-gap' && <path d="M3 13.5h10" />}
      </svg>
    </>
  );
}
