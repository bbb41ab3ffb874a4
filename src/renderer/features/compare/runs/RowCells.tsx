/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a table can not hold rows of which only some are drawn */
import type { ComparedRow } from '../../../../contract/compare.ts';
import type { Shown } from './model.ts';
import { RunCell } from './RunCell.tsx';
import { signWords } from './words.ts';

const SIGNS = { same: '=', 'only-a': '‹', 'only-b': '›', changed: '≠' } as const;

type CellsProps = {
  readonly row: ComparedRow | null;
  readonly comparison: Shown;
  readonly names: { readonly a: string; readonly b: string };
  readonly zone: string;
};

/** The two calls of a row with what stands between them. */
export function RowCells({ row, comparison: { comparison }, names, zone }: CellsProps) {
  const { a, b } = comparison;
  if (row === null) {
    return (
      <>
        <span role="gridcell" className="cr-cell">
          <RunCell call={null} colour={null} zone={zone} />
        </span>
        <span role="gridcell" className="cr-sign" aria-label="on its way" />
        <span role="gridcell" className="cr-cell">
          <RunCell call={null} colour={null} zone={zone} />
        </span>
      </>
    );
  }
  const words = signWords(row, names.a, names.b);
  return (
    <>
      <span role="gridcell" className={`cr-cell ${row.a === null ? 'cr-none' : ''}`}>
        {row.a !== null && <RunCell call={row.a} colour={a.colour} zone={zone} />}
      </span>
      <span role="gridcell" className={`cr-sign cr-sign-${row.kind}`} title={words}>
        <span aria-hidden>{row.ignored ? '≈' : SIGNS[row.kind]}</span>
        <span className="visually-hidden">{words}</span>
      </span>
      <span role="gridcell" className={`cr-cell ${row.b === null ? 'cr-none' : ''}`}>
        {row.b !== null && <RunCell call={row.b} colour={b.colour} zone={zone} />}
      </span>
    </>
  );
}
