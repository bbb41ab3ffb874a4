/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a list below a field with the focus in the field */
import { useEffect } from 'react';
import { LaneBar } from '../../../ui/badge/Badge.tsx';
import { hintText, visibleText } from '../../../ui/visible-text.ts';
import { cutMiddle } from '../cut.ts';
import type { Suggestion } from './suggest.ts';

type Props = {
  readonly id: string;
  readonly list: readonly Suggestion[];
  readonly active: number;
  readonly onTake: (suggestion: Suggestion) => void;
};

/** The id of an option, for `aria-activedescendant`. */
export const optionId = (list: string, index: number): string => `${list}-${index}`;

/** The terms that fit what is typed, below the field. The focus stays in the field. */
export function SuggestionList({ id, list, active, onTake }: Props) {
  useEffect(() => {
    if (active >= 0) document.getElementById(optionId(id, active))?.scrollIntoView({ block: 'nearest' });
  }, [id, active]);
  return (
    <div id={id} role="listbox" aria-label="Suggestions" className="g-suggestions" data-surface="raised">
      {list.map((suggestion, index) => (
        /* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the field has the focus and its keys */
        <div
          key={suggestion.term}
          id={optionId(id, index)}
          role="option"
          aria-selected={index === active}
          className="g-suggestion"
          title={hintText(suggestion.term)}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(suggestion)}
        >
          {suggestion.lane !== null && <LaneBar colour={suggestion.lane} />}
          <bdi className="g-suggestion-term">{cutMiddle(visibleText(suggestion.term), 40)}</bdi>
          <span className="g-suggestion-detail">{suggestion.detail}</span>
        </div>
      ))}
    </div>
  );
}
