import type { EvalRow } from '../../../../../contract/agent-parts.ts';
import { Badge } from '../../../../ui/badge/Badge.tsx';
import { visibleText } from '../../../../ui/visible-text.ts';
import { loggedTime } from '../../../runs/days.ts';
import type { Column } from '../../parts/DataTable.tsx';

/** What makes a result the same one while others come. */
export const rowKey = ({ path, line }: EvalRow): string => `${path}#${line}`;

const VERDICTS = { pass: 'pass', fail: 'fail', judge_error: 'judge error' } as const;
const TONES = { pass: 'ok', fail: 'bad', judge_error: 'warn' } as const;

/** The verdict of a result as a badge. */
export function Verdict({ verdict }: { readonly verdict: EvalRow['verdict'] }) {
  return <Badge tone={TONES[verdict]}>{VERDICTS[verdict]}</Badge>;
}

/** The columns of results. */
export const EVAL_COLUMNS: readonly Column<EvalRow>[] = [
  {
    id: 'ts',
    label: 'Time',
    width: 'calc(8.8 * var(--ui))',
    by: (row) => row.ts ?? row.day,
    cell: (row) => <span title={row.ts ?? ''}>{row.ts === null ? (row.day ?? '') : loggedTime(row.ts)}</span>,
  },
  {
    id: 'test',
    label: 'Case',
    width: 'minmax(140px, 1.4fr)',
    by: (row) => row.testId,
    cell: (row) => <bdi>{visibleText(row.testId)}</bdi>,
  },
  {
    id: 'category',
    extra: true,
    label: 'Category',
    width: 'calc(6.6 * var(--ui))',
    by: (row) => row.category,
    cell: (row) => <span className="ag-muted">{visibleText(row.category)}</span>,
  },
  {
    id: 'verdict',
    label: 'Verdict',
    width: 'calc(6.6 * var(--ui))',
    by: (row) => row.verdict,
    cell: (row) => <Verdict verdict={row.verdict} />,
  },
  {
    id: 'score',
    label: 'Score',
    width: 'calc(3.4 * var(--ui))',
    end: true,
    by: (row) => row.score,
    cell: (row) => row.score?.toFixed(2) ?? '',
  },
  {
    id: 'hard',
    label: 'Hard fails',
    width: 'minmax(calc(5 * var(--ui)), 0.6fr)',
    by: (row) => (row.hardFails.length === 0 ? null : row.hardFails.length),
    cell: (row) => <span className="ag-bad">{row.hardFails.map(visibleText).join(', ')}</span>,
  },
  {
    id: 'model',
    extra: true,
    label: 'Model',
    width: 'minmax(90px, 1.4fr)',
    by: (row) => row.agentModel,
    cell: (row) => <bdi className="ag-muted">{visibleText(row.agentModel ?? '')}</bdi>,
  },
];
