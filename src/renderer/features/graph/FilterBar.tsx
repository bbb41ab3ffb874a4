import { ListFilter, ShieldAlert, X } from 'lucide-react';
import { useEffect, useId, useRef, useState, type Ref } from 'react';
import { parseFilter, type FilterError } from '../../../core/graph/filter.ts';
import type { BranchInfo, GraphView } from '../../../contract/vek.ts';
import { Button } from '../../ui/button/Button.tsx';
import { formatCount, formatCounted } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { FocusMenu } from './FocusMenu.tsx';

export type FilterBarProps = {
  readonly view: GraphView;
  readonly onFilter: (filter: string) => void;
  readonly onFocus: (focus: readonly string[]) => void;
  /** what is wrong with the filter, in words */
  readonly error: string | null;
  readonly branches: readonly BranchInfo[];
  readonly count: { readonly total: number; readonly all: number } | null;
  /** the search that the filter waits for, in words */
  readonly busy: string | null;
  readonly damaged: number;
  readonly onDamaged: () => void;
  /** leaves the field for the rows */
  readonly onLeave: () => void;
  readonly fieldRef: Ref<HTMLInputElement>;
};

/** How long typing may pause before the filter is applied, in ms. */
const APPLY_AFTER_MS = 180;

/** Filter first, focus on branches, then what the store is missing and the count at the right. */
export function FilterBar(props: FilterBarProps) {
  const { view, onFilter, onFocus, branches, count, busy, damaged, onDamaged, onLeave, fieldRef } = props;
  const [text, setText] = useState(view.filter);
  const applied = useRef(view.filter);
  const timer = useRef<number | undefined>(undefined);
  const [wrong, setWrong] = useState<string | null>(null);
  const errorId = useId();

  useEffect(() => {
    if (view.filter === applied.current) return;
    applied.current = view.filter;
    setText(view.filter);
    setWrong(null);
  }, [view.filter]);

  const apply = (filter: string) => {
    window.clearTimeout(timer.current);
    const parsed = parseFilter(filter);
    setWrong(parsed.ok ? null : errorText(filter, parsed.error));
    if (!parsed.ok || filter.trim() === applied.current.trim()) return;
    applied.current = filter;
    onFilter(filter);
  };
  const type = (next: string) => {
    setText(next);
    setWrong(null);
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => apply(next), APPLY_AFTER_MS);
  };
  useEffect(() => () => window.clearTimeout(timer.current), []);

  const clear = () => {
    setText('');
    apply('');
  };
  const onKeyDown = (event: React.KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      if (text === '') onLeave();
      else clear();
    } else if (event.key === 'Enter' || event.key === 'ArrowDown') {
      event.preventDefault();
      apply(text);
      onLeave();
    } else if (event.key === 'Backspace' && text === '' && view.focus.length > 0) {
      onFocus(view.focus.slice(0, -1));
    }
  };

  const error = wrong ?? props.error;
  return (
    <div className="g-toolbar">
      <div className="g-filter">
        <div className="g-filter-box" data-invalid={error !== null || undefined}>
          <ListFilter className="icon" size={14} aria-hidden />
          {view.focus.length > 0 && (
            <span className="g-chip" title={view.focus.join(', ')}>
              <span className="truncate">{visibleText(focusText(view.focus))}</span>
              <button type="button" aria-label="Show all branches" onClick={() => onFocus([])}>
                <X size={12} aria-hidden />
              </button>
            </span>
          )}
          <input
            ref={fieldRef}
            type="text"
            aria-label="Filter calls"
            placeholder="tool: branch: since: or text"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            maxLength={2000}
            value={text}
            aria-invalid={error !== null}
            {...(error === null ? {} : { 'aria-describedby': errorId })}
            onChange={(event) => type(event.currentTarget.value)}
            onKeyDown={onKeyDown}
          />
          {text !== '' && (
            <button type="button" className="g-clear" aria-label="Clear filter" onClick={clear}>
              <X size={14} aria-hidden />
            </button>
          )}
        </div>
        {error !== null && (
          <output id={errorId} className="g-filter-error">
            {error}
          </output>
        )}
      </div>
      <FocusMenu branches={branches} focus={view.focus} onFocus={onFocus} />
      <span className="g-toolbar-end">
        {damaged > 0 && (
          <Button look="quiet" size="small" icon={ShieldAlert} className="g-damaged" onClick={onDamaged}>
            {formatCounted(damaged, 'problem')}
          </Button>
        )}
        <output className="g-count">{busy ?? (count === null ? '' : countText(count))}</output>
      </span>
    </div>
  );
}

/** `1,231 of 1,284 calls`, or only `1,284 calls` when all are shown. */
function countText({ total, all }: { readonly total: number; readonly all: number }): string {
  return total === all
    ? formatCounted(all, 'call')
    : `${formatCount(total)} of ${formatCounted(all, 'call')}`;
}

/** What is wrong with a filter, with the part that it is about and where that begins. */
function errorText(text: string, error: FilterError): string {
  const part = text.slice(error.at, error.at + error.length);
  return `At character ${error.at + 1}${part === '' ? '' : `, “${part}”`}: ${error.message} ${error.hint}`.trim();
}

function focusText(focus: readonly string[]): string {
  const rest = focus.length - 2;
  return `branch: ${focus.slice(0, 2).join(', ')}${rest > 0 ? ` +${rest}` : ''}`;
}
