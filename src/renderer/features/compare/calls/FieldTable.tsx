import type { NodeDetail } from '../../../../contract/vek.ts';
import { CopyButton } from '../../../ui/copy/CopyButton.tsx';
import { shortHash } from '../../../ui/format.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import { FactValue } from './FactStrip.tsx';
import type { FactRow } from './fact-rows.ts';

type Props = { readonly a: NodeDetail; readonly b: NodeDetail; readonly facts: readonly FactRow[] };

/** Every field of the two records, and what they state about themselves; what differs is marked in words too. */
export function FieldTable({ a, b, facts }: Props) {
  const rows: readonly FactRow[] = [...facts, ...recordRows(a, b)];
  return (
    <div className="cc-fields">
      <table>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">{shortHash(a.record.hash)}</th>
            <th scope="col">{shortHash(b.record.hash)}</th>
            <th scope="col">Difference</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={row.label}
              tabIndex={-1}
              className={row.differs ? 'cc-differs' : ''}
              {...(row.differs ? { 'data-differs': '' } : {})}
            >
              <th scope="row">{row.label}</th>
              <td>
                <Cell row={row} text={row.a} />
              </td>
              <td>
                <Cell row={row} text={row.b} />
              </td>
              <td className="cc-delta">{row.differs ? row.delta || 'differs' : 'equal'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A value; of a hash its first digits. */
function Cell({ row, text }: { readonly row: FactRow; readonly text: string | null }) {
  if (text === null || !/^[0-9a-f]{64}$/.test(text)) return <FactValue text={text} none={row.none} />;
  return (
    <span className="cc-hash">
      <span className="hash" title={text}>
        {shortHash(text)}
      </span>
      <CopyButton text={() => text} label={`Copy the ${row.label.toLowerCase()} ${shortHash(text)}`} />
    </span>
  );
}

/** How many fields of records and statements differ. */
export const countFields = (a: NodeDetail, b: NodeDetail, facts: readonly FactRow[]): number =>
  [...facts, ...recordRows(a, b)].filter(({ differs }) => differs).length;

function recordRows(a: NodeDetail, b: NodeDetail): readonly FactRow[] {
  return [
    field('Call hash', a.record.hash, b.record.hash),
    field('Input hash', a.record.input_hash, b.record.input_hash),
    field('Output hash', a.record.output_hash, b.record.output_hash),
    field('Parent', a.record.parent_hash, b.record.parent_hash),
    field('Merged in', a.record.merge_parent, b.record.merge_parent),
    field('Stored time', a.record.timestamp, b.record.timestamp),
    field('Branch', a.branch?.name ?? null, b.branch?.name ?? null),
    field('Names', names(a), names(b)),
  ];
}

const field = (label: string, was: string | null, is: string | null): FactRow => ({
  label,
  a: was === null ? 'none' : shown(was),
  b: is === null ? 'none' : shown(is),
  none: 'missing',
  head: 'none',
  differs: was !== is,
  delta: '',
});

const names = ({ row }: NodeDetail): string | null =>
  row.refs.length === 0 ? null : row.refs.map(({ label }) => label).join(', ');

/** A store may hold a text of any length in place of a hash or a time. */
const shown = (text: string): string =>
  visibleText(text.length > 300 ? `${text.slice(0, 300).toWellFormed()}…` : text);
