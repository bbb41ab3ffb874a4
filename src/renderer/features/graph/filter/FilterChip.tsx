import { Focus, X } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useSettings } from '../../../state/settings.ts';
import { hintText, visibleText } from '../../../ui/visible-text.ts';
import { cutMiddle } from '../cut.ts';
import type { FilterLanguage } from './language.ts';

type ChipProps = {
  readonly term: string;
  readonly words: FilterLanguage['chip'];
  readonly error: string | null;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
};

/** One term of the filter: Enter or a click puts it back into the text, Delete or the cross removes it. */
export function FilterChip({ term, words, error, onEdit, onRemove }: ChipProps) {
  const zone = useSettings((settings) => settings.time);
  const { key, value } = words(term, zone);
  const name = hintText(term);
  return (
    <span className="g-chip" data-bad={error !== null || undefined}>
      <button
        type="button"
        className="g-chip-body"
        tabIndex={-1}
        aria-label={error === null ? `${name}, edit` : `${name}, edit. ${error}`}
        title={error === null ? name : `${name}\n${error}`}
        onClick={onEdit}
        onKeyDown={removeOnDelete(onRemove)}
      >
        {key !== '' && <span className="g-chip-key">{key}: </span>}
        <bdi>{value}</bdi>
      </button>
      <Remove name={`Remove ${name}`} onRemove={onRemove} />
    </span>
  );
}

type FocusChipProps = {
  readonly focus: readonly string[];
  readonly onChoose: () => void;
  readonly onLeave: () => void;
};

/** The branches in focus, the first of the chips: nothing else of the graph is shown. Enter chooses others. */
export function FocusChip({ focus, onChoose, onLeave }: FocusChipProps) {
  const names = focusNames(focus);
  return (
    <span className="g-chip g-chip-focus">
      <button
        type="button"
        className="g-chip-body"
        tabIndex={-1}
        aria-label={`${names} only, choose branches`}
        title={`${focus.map(hintText).join(', ')} only. Esc shows all branches.`}
        onClick={onChoose}
        onKeyDown={removeOnDelete(onLeave)}
      >
        <Focus className="icon" size={12} aria-hidden />
        <bdi>{names}</bdi> only
      </button>
      <Remove name="Show all branches" onRemove={onLeave} />
    </span>
  );
}

/** `main`, `main and retry-cheaper`, `main, retry-cheaper and 3 more`. */
export function focusNames(focus: readonly string[]): string {
  const [first = '', second] = focus.map((name) =>
    name === '' ? '(empty name)' : cutMiddle(visibleText(name), 24),
  );
  if (second === undefined) return first;
  return focus.length === 2 ? `${first} and ${second}` : `${first}, ${second} and ${focus.length - 2} more`;
}

function Remove({ name, onRemove }: { readonly name: string; readonly onRemove: () => void }) {
  return (
    <button type="button" className="g-chip-remove" tabIndex={-1} aria-label={name} onClick={onRemove}>
      <X size={12} aria-hidden />
    </button>
  );
}

const removeOnDelete = (remove: () => void) => (event: KeyboardEvent) => {
  if (event.key !== 'Delete' && event.key !== 'Backspace') return;
  event.preventDefault();
  remove();
};
