import { ListFilter, X } from 'lucide-react';
import {
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
} from 'react';
import { cutMiddle } from '../cut.ts';
import './filter.css';
import { FilterChip } from './FilterChip.tsx';
import { optionId, SuggestionList } from './SuggestionList.tsx';
import type { FilterLanguage } from './language.ts';
import { withSuggestion, type Suggestion } from './suggest.ts';
import { partsOf, plainValue, takeFinished, termAt } from './terms.ts';
import { useFilterText } from './use-filter-text.ts';

export type FilterFieldProps = {
  /** the filter of the view */
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
  /** the same object as long as the names that it knows are the same */
  readonly language: FilterLanguage;
  /** what the engine finds wrong with the filter, in words */
  readonly error: string | null;
  /** a chip before all others that is no term, such as the branches in focus */
  readonly lead: ReactNode;
  /** Backspace at the very beginning, where there is no term to open */
  readonly onLeadRemoved: () => void;
  /** leaves the field for the rows */
  readonly onLeave: () => void;
  readonly fieldRef: RefObject<HTMLInputElement | null>;
};

/**
 * The filter: finished terms as chips, then a text with suggestions. Arrow keys move between text and chips, Enter
 * edits a chip, Delete removes it, Backspace at the start of the text opens the last one.
 */
export function FilterField(props: FilterFieldProps) {
  const { filter, onFilter, language, lead, onLeadRemoved, onLeave, fieldRef } = props;
  const field = useFilterText(filter, language, onFilter);
  const { chips, text } = field;
  const box = useRef<HTMLDivElement>(null);
  const [caret, setCaret] = useState(0);
  const placed = useRef<number | null>(null);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const listId = useId();
  const errorId = useId();

  const list = useMemo(() => (open ? language.suggest(text, caret) : []), [open, text, caret, language]);
  const listed = list.length > 0;
  const chosen = list[active];

  // where the caret belongs after the text was changed by something else than a key
  useLayoutEffect(() => {
    const at = placed.current;
    if (at === null) return;
    placed.current = null;
    fieldRef.current?.focus();
    fieldRef.current?.setSelectionRange(at, at);
  });
  useLayoutEffect(() => {
    // the newest chip is the one to be seen where they do not all fit
    const strip = box.current?.querySelector('.g-chips');
    if (strip !== null && strip !== undefined && chips.length > 0) strip.scrollLeft = strip.scrollWidth;
  }, [chips.length]);

  const place = (at: number) => {
    placed.current = at;
    setCaret(at);
  };
  const suggest = (next: boolean) => {
    setOpen(next);
    setActive(-1);
  };
  const take = ({ term, done }: Suggestion) => {
    const next = withSuggestion(text, caret, term);
    const after = done ? `${next.text.slice(0, next.caret)} ${next.text.slice(next.caret)}` : next.text;
    const finished = done ? takeFinished(after, next.caret + 1) : null;
    if (finished === null) {
      field.change({ chips, text: next.text }, 'soon');
      place(next.caret);
    } else {
      field.change({ chips: [...chips, ...finished.chips], text: finished.text }, 'now');
      place(Math.min(next.caret, finished.text.length));
    }
    setOpen(!done);
    setActive(-1);
  };
  const edit = (index: number) => {
    const chip = chips[index];
    if (chip === undefined) return;
    field.change({ chips: chips.toSpliced(index, 1), text: text === '' ? chip : `${chip} ${text}` }, 'soon');
    place(chip.length);
  };
  const remove = (index: number) => {
    field.change({ chips: chips.toSpliced(index, 1), text }, 'now');
    fieldRef.current?.focus();
  };
  const clear = () => {
    field.change({ chips: [], text: '' }, 'now');
    suggest(false);
    fieldRef.current?.focus();
  };
  const bodies = (): readonly HTMLElement[] => [
    ...(box.current?.querySelectorAll<HTMLElement>('.g-chip-body') ?? []),
  ];

  const onListKey = (event: KeyboardEvent<HTMLInputElement>): boolean => {
    if (!listed) return false;
    const last = list.length - 1;
    if (event.key === 'ArrowDown') setActive(active >= last ? 0 : active + 1);
    else if (event.key === 'ArrowUp') setActive(active <= 0 ? last : active - 1);
    else if (event.key === 'Escape') suggest(false);
    else if ((event.key === 'Enter' || event.key === 'Tab') && chosen !== undefined && !event.shiftKey)
      take(chosen);
    else return false;
    return true;
  };
  const onFieldKey = (event: KeyboardEvent<HTMLInputElement>): boolean => {
    const input = event.currentTarget;
    const atStart = input.selectionStart === 0 && input.selectionEnd === 0;
    if (event.key === 'Escape') {
      if (text === '' && chips.length === 0) onLeave();
      else clear();
    } else if (event.key === 'Enter') {
      field.commit();
      suggest(false);
      onLeave();
    } else if (event.key === 'ArrowDown') suggest(true);
    else if (event.key === 'Backspace' && atStart) {
      if (chips.length > 0) edit(chips.length - 1);
      else onLeadRemoved();
    } else if (event.key === 'ArrowLeft' && atStart) bodies().at(-1)?.focus();
    else return false;
    return true;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (!onListKey(event) && !onFieldKey(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onChipKey = (event: KeyboardEvent<HTMLDivElement>) => {
    const all = bodies();
    const at = all.findIndex((body) => body === document.activeElement);
    if (at < 0) return;
    if (event.key === 'ArrowLeft') all[Math.max(0, at - 1)]?.focus();
    else if (event.key === 'ArrowRight') (all[at + 1] ?? fieldRef.current)?.focus();
    else if (event.key === 'Home') all[0]?.focus();
    else if (event.key === 'End' || event.key === 'Escape') fieldRef.current?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const badChip = field.errors.findIndex((error) => error !== null);
  const error = listed
    ? null
    : badChip >= 0
      ? told({ term: chips[badChip] ?? '', message: field.errors[badChip] ?? '' })
      : field.textError !== null
        ? told(field.textError)
        : props.error;
  return (
    <div className="g-filter">
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- only keeps the focus where it is */}
      <div
        ref={box}
        className="g-filter-box"
        data-invalid={error !== null || undefined}
        onMouseDown={(event) => {
          // a press on a chip or a cross leaves the text alone, which would become chips and move them
          if (event.target !== fieldRef.current) event.preventDefault();
        }}
      >
        <ListFilter className="icon" size={14} aria-hidden />
        {(lead !== null || chips.length > 0) && (
          /* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role, jsx-a11y/no-noninteractive-element-interactions -- its buttons have the focus */
          <div role="group" aria-label="Terms" className="g-chips" onKeyDown={onChipKey}>
            {lead}
            {chips.map((chip, index) => (
              <FilterChip
                // oxlint-disable-next-line react/no-array-index-key -- the same term may stand twice
                key={`${index}:${chip}`}
                term={chip}
                words={language.chip}
                error={field.errors[index] ?? null}
                onEdit={() => edit(index)}
                onRemove={() => remove(index)}
              />
            ))}
          </div>
        )}
        <input
          ref={fieldRef}
          type="text"
          role="combobox"
          aria-label={language.label}
          aria-autocomplete="list"
          aria-expanded={listed}
          aria-controls={listId}
          {...(chosen === undefined ? {} : { 'aria-activedescendant': optionId(listId, active) })}
          placeholder={chips.length > 0 || lead !== null ? 'and…' : language.placeholder}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={language.maxLength}
          value={text}
          aria-invalid={error !== null}
          {...(error === null ? {} : { 'aria-describedby': errorId })}
          onChange={(event) => {
            const at = event.currentTarget.selectionStart ?? event.currentTarget.value.length;
            field.type(event.currentTarget.value, at);
            setCaret(at);
            suggest(termAt(event.currentTarget.value, at) !== null);
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? 0)}
          onKeyDown={onKeyDown}
          onBlur={() => {
            suggest(false);
            field.commit();
          }}
        />
        {(text !== '' || chips.length > 0) && (
          <button type="button" className="g-clear" aria-label="Clear filter" onClick={clear}>
            <X size={14} aria-hidden />
          </button>
        )}
      </div>
      {listed && <SuggestionList id={listId} list={list} active={active} onTake={take} />}
      {error !== null && (
        <output id={errorId} className="g-filter-error">
          {error}
        </output>
      )}
    </div>
  );
}

/** The message with the term that it is about, unless it quotes that itself. */
function told({ term, message }: { readonly term: string; readonly message: string }): string {
  const named = term === '' || message.includes(`“${plainValue(partsOf(term).value)}”`);
  return named ? message : `“${cutMiddle(term, 60)}”: ${message}`;
}
