import type { ReactNode } from 'react';

type Props = {
  readonly title: ReactNode;
  /** badges beside the title */
  readonly badges?: ReactNode;
  /** one line below it */
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
};

/** The head of a page: its name, states in words, and what can be done with all of it. */
export function PageHead({ title, badges, note, actions }: Props) {
  return (
    <header className="ag-head">
      <div className="ag-head-words">
        <div className="ag-head-line">
          <h2 className="truncate">{title}</h2>
          {badges}
        </div>
        {note !== undefined && note !== null && <p className="ag-head-note">{note}</p>}
      </div>
      {actions !== undefined && <div className="ag-head-actions">{actions}</div>}
    </header>
  );
}
