import type { ReactNode } from 'react';
import { showEntries } from '../../state/ledgers.ts';
import '../runs/figures.css';

type Props = {
  readonly source: string;
  /** of the entries that the figure is made of; null: no entry has it, and it is only text */
  readonly query: string | null;
  readonly label: string;
  /** why no entry has it */
  readonly none?: string;
  readonly children: ReactNode;
};

/** A figure that opens the entries it is made of. */
export function EntriesFigure({ source, query, label, none, children }: Props) {
  if (query === null) {
    return (
      <span className="figure-text" title={none}>
        {children}
      </span>
    );
  }
  return (
    <button
      type="button"
      className="figure"
      title={label}
      onClick={(event) => {
        event.stopPropagation();
        showEntries(source, query);
      }}
    >
      {children}
      <span className="visually-hidden"> {label}</span>
    </button>
  );
}
