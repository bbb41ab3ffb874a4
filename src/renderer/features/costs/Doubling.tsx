import { Info } from 'lucide-react';
import type { CostReport, Counting } from '../../../contract/costs.ts';
import { Button } from '../../ui/button/Button.tsx';
import { formatCount, formatCounted, formatMoney } from '../../ui/format.ts';
import { Figure } from '../runs/Figure.tsx';
import { countedQueries } from './queries.ts';

type Props = {
  readonly source: string;
  readonly report: CostReport;
  readonly onChange: (counting: Counting) => void;
};

/** Delegated runs stand in two logs (§4): both sums, what they are apart, and the switch. Nothing where they agree. */
export function Doubling({ source, report, onChange }: Props) {
  const { doubled, counting } = report;
  const { loggedMicros, onceMicros, mirrors, resolved } = doubled;
  if (mirrors.value === 0) return null;
  const queries = countedQueries(report.query);
  const alone = mirrors.value - resolved;
  const figure = (micros: number, query: string) => (
    <Figure source={source} query={query} className="cx-strong">
      {formatMoney(micros)}
    </Figure>
  );
  return (
    <div className="cx-line" role="note">
      <Info className="icon" size={14} aria-hidden />
      <p>
        {counting === 'once'
          ? 'Delegated runs are counted once. The logs hold them twice: '
          : 'Delegated runs are counted as logged, in the log of the coordinator and in that of the target: '}
        {figure(loggedMicros, queries.logged)} as logged, {figure(onceMicros, queries.once)} once,{' '}
        {figure(loggedMicros - onceMicros, queries.doubled)} apart in{' '}
        <Figure source={source} query={mirrors.query}>
          {formatCounted(mirrors.value, 'mirror')}
        </Figure>
        {alone > 0 && `; ${formatCount(alone)} without a record at the target stay`}.
      </p>
      <Button size="small" look="link" onClick={() => onChange(counting === 'once' ? 'logged' : 'once')}>
        {counting === 'once' ? 'Count as logged' : 'Count once'}
      </Button>
    </div>
  );
}
