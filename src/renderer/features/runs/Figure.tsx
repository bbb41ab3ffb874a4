import type { ReactNode } from 'react';
import type { RecordRow } from '../../../contract/records.ts';
import { openRuns } from '../../state/agents.ts';
import { openRecordTab } from '../../state/tabs.ts';
import { formatMoney } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import './figures.css';

export type FigureProps = {
  readonly source: string;
  /** of the records that the figure is made of; null: it is made of none, and is only text */
  readonly query: string | null;
  /** what opens, where the figure alone does not say it: Records of 7 June */
  readonly label?: string;
  readonly className?: string;
  /** -1 in rows of a grid that the keys are not on */
  readonly tabIndex?: number;
  readonly children: ReactNode;
};

/** A figure on screen that opens the records it is made of. */
export function Figure({ source, query, label, className = '', tabIndex, children }: FigureProps) {
  if (query === null) return <span className={`figure-text ${className}`}>{children}</span>;
  return (
    <button
      type="button"
      className={`figure ${className}`}
      title={label ?? 'Show the records'}
      {...(tabIndex === undefined ? {} : { tabIndex })}
      onClick={(event) => {
        event.stopPropagation();
        openRuns(source, query);
      }}
    >
      {children}
      {label !== undefined && <span className="visually-hidden"> {label}</span>}
    </button>
  );
}

export type MoneyProps = {
  /** null: no cost was logged */
  readonly micros: number | null;
  /** a figure that was computed and not logged */
  readonly estimate?: boolean;
  /** the model has no price: the figure says less than was spent */
  readonly unpriced?: boolean;
};

/** Millionths of a dollar with six decimals, so that points align. */
export function Money({ micros, estimate = false, unpriced = false }: MoneyProps) {
  if (micros === null) {
    return (
      <span className="money money-none" title="No cost was logged">
        –<span className="visually-hidden">no cost was logged</span>
      </span>
    );
  }
  return (
    <span className="money">
      {estimate && (
        <>
          <span aria-hidden>≈ </span>
          <span className="visually-hidden">about </span>
        </>
      )}
      {formatMoney(micros)}
      {unpriced && (
        <span className="money-unpriced" title="The model has no price in the table">
          {' '}
          no price
        </span>
      )}
    </span>
  );
}

/** The badge beside a figure that was computed and not logged. */
export function EstimateBadge({ how }: { readonly how?: string }) {
  return (
    <span className="badge badge-neutral" title={how ?? 'Computed, not logged'}>
      estimate
    </span>
  );
}

export type RunLinkProps = {
  readonly source: string;
  readonly row: Pick<RecordRow, 'id' | 'summary' | 'trigger' | 'agent' | 'runId'>;
  readonly className?: string;
};

/** Opens one record in a tab of its own; its summary is the link. */
export function RunLink({ source, row, className = '' }: RunLinkProps) {
  const words = recordTitle(row);
  return (
    <button
      type="button"
      className={`figure run-link truncate ${className}`}
      title={words}
      onClick={(event) => {
        event.stopPropagation();
        openRecordTab(source, row.id, words);
      }}
    >
      <bdi>{words}</bdi>
    </button>
  );
}

/** A record in a few words, for links and tabs. */
export const recordTitle = (row: RunLinkProps['row']): string =>
  visibleText(row.summary) || visibleText(row.trigger ?? '') || row.runId || `record of ${row.agent}`;
