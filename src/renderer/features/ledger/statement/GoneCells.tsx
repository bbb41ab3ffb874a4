/* oxlint-disable jsx-a11y/prefer-tag-over-role -- cells of a grid whose rows are not all drawn */
import type { GoneEntry, GoneRow } from '../../../../contract/ledger-chain.ts';
import { formatCount, formatMoney, shortHash } from '../../../ui/format.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import { shortExecution } from '../open.ts';
import { KIND_WORDS } from '../words.ts';
import { ChainCell } from './ChainCell.tsx';
import './gone.css';

/** Entries that are not there any more, where they stood: which, what they were, and how that is known. */
export function GoneCells({ gone }: { readonly gone: GoneRow }) {
  const { from, to, entries } = gone;
  const told = goneSteps(gone);
  const hash = entries.at(-1)?.hash ?? null;
  return (
    <>
      <span role="gridcell" className="ls-chain">
        <ChainCell state="gone" />
      </span>
      <span role="gridcell" className="ls-gone">
        <b>
          {to < from
            ? `${formatCount(gone.count)} missing before ${formatCount(from)}`
            : `${from === to ? formatCount(from) : `${formatCount(from)} to ${formatCount(to)}`} missing`}
        </b>
        <span className="truncate">
          {told.length === 0 ? 'no other record says what stood there' : told.join('; ')}
        </span>
        {told.length > 0 && (
          <span className="ls-gone-how" title={hash === null ? LIKELY : PROVED}>
            {hash === null ? 'by other records' : `proved, hash ${shortHash(hash)}`}
          </span>
        )}
      </span>
    </>
  );
}

const PROVED =
  'With these entries the chain closes again: they give the hash that the entry after them names.';
const LIKELY = 'Other records of these calls say so. No hash proves it.';

/** What the missing entries did, by execution: `Reserved $0.000270, Sent to provider, Spent $0.000184 of af899be4`. */
export function goneSteps({ entries, count }: Pick<GoneRow, 'entries' | 'count'>): readonly string[] {
  const groups = new Map<string, GoneEntry[]>();
  for (const one of entries) {
    const key = one.executionId ?? '';
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const told = [...groups].map(([id, steps]) => {
    const of = id === '' ? '' : ` of ${shortExecution(id)}`;
    return `${steps.map(stepText).join(', ')}${of}`;
  });
  const more = count - entries.length;
  return entries.length > 0 && more > 0 ? [...told, `${formatCount(more)} more`] : told;
}

function stepText({ kind, type, costMicro, estimatedMicro }: GoneEntry): string {
  const word = kind === 'other' ? visibleText(type).slice(0, 40) : KIND_WORDS[kind];
  const micro =
    kind === 'commit' || kind === 'tool'
      ? costMicro
      : kind === 'reserve' || kind === 'release' || kind === 'deny'
        ? estimatedMicro
        : null;
  return micro === null ? word : `${word} ${formatMoney(micro)}`;
}
