import type { Sum } from '../../../contract/records.ts';
import { formatCount, formatCounted, formatMoney } from '../../ui/format.ts';

type Props = { readonly sum: Sum; readonly busy: boolean };

/** The sum of every record of the query, in sight or not. */
export function SumLine({ sum, busy }: Props) {
  return (
    <output className="ru-sum" aria-busy={busy} data-busy={busy || undefined}>
      <span>
        <b>{formatCounted(sum.lines, 'record')}</b>
      </span>
      <span className="ru-sum-tokens">
        {formatCount(sum.inputTokens)} tokens in, {formatCount(sum.outputTokens)} out
      </span>
      <b className="ru-sum-cost">{formatMoney(sum.costMicros)}</b>
    </output>
  );
}
