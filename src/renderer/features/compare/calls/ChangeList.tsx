// oxlint-disable jsx-a11y/prefer-tag-over-role -- an option of HTML holds text alone
import { useEffect, useId, useRef } from 'react';
import { Button } from '../../../ui/button/Button.tsx';
import { formatCounted } from '../../../ui/format.ts';
import { useShortcuts } from '../../../ui/keyboard.ts';
import type { Change, ChangeWords } from './changes.ts';

/** Changes listed at first, and how many come with one press. */
export const FIRST_CHANGES = 300;

const SIGNS = { add: '+', remove: '−', change: '≠', move: '↕' } as const;
const OPS = { add: 'added', remove: 'removed', change: 'changed', move: 'moved' } as const;

type Props = {
  readonly changes: readonly Change[];
  /** how many of them are listed */
  readonly shown: number;
  /** the change that the list stands at; null: none yet */
  readonly at: number | null;
  readonly onGo: (index: number) => void;
  /** goes to the place in the text */
  readonly onEnter: (index: number) => void;
  readonly onMore: () => void;
};

/** The structural changes, each with its path and what changed; choosing one shows its place in the texts. */
export function ChangeList({ changes, shown, at, onGo, onEnter, onMore }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const last = Math.min(shown, changes.length) - 1;
  const go = (index: number) => onGo(Math.max(0, Math.min(last, index)));
  useShortcuts({ name: 'compare-changes', label: 'Compare calls' }, [
    { keys: 'ArrowDown', label: 'Next difference', hidden: true, run: () => go((at ?? -1) + 1) },
    { keys: 'ArrowUp', label: 'Previous difference', hidden: true, run: () => go((at ?? 1) - 1) },
    { keys: 'PageDown', label: 'Down a page', hidden: true, run: () => go((at ?? -1) + 8) },
    { keys: 'PageUp', label: 'Up a page', hidden: true, run: () => go((at ?? 8) - 8) },
    { keys: 'Home', label: 'First difference', hidden: true, run: () => go(0) },
    { keys: 'End', label: 'Last difference', hidden: true, run: () => go(last) },
    { keys: 'Enter', label: 'Go to the difference in the text', run: () => onEnter(at ?? 0) },
  ]);
  useEffect(() => {
    if (at === null) return;
    list.current?.querySelector(`[data-at="${at}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  return (
    <div className="cc-list">
      <div
        ref={list}
        className="cc-options"
        role="listbox"
        tabIndex={0}
        aria-label="Differences"
        data-key-scope="compare-changes"
        {...(at === null ? {} : { 'aria-activedescendant': `${id}-${at}` })}
      >
        {changes.slice(0, shown).map((change, index) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the list has the focus and the keys
          <div
            key={change.key}
            id={`${id}-${index}`}
            data-at={index}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className="cc-option"
            onClick={() => {
              onGo(index);
              list.current?.focus();
            }}
            onDoubleClick={() => onEnter(index)}
          >
            <span className={`cc-op cc-op-${change.op}`} aria-hidden>
              {SIGNS[change.op]}
            </span>
            <code className="cc-where">
              <bdi>{change.where}</bdi>
            </code>
            <span className="visually-hidden">, </span>
            <Words words={change.words} op={change.op} />
          </div>
        ))}
      </div>
      {changes.length > shown && (
        <p className="cc-more">
          <Button size="small" look="link" onClick={onMore}>
            Show {formatCounted(changes.length - shown, 'more difference')}
          </Button>
        </p>
      )}
    </div>
  );
}

/** A change in one sentence, for screen readers. */
export function changeLabel({ where, op, words }: Change): string {
  const text =
    words.kind === 'pair'
      ? `was ${words.old}, is now ${words.now}${words.more === '' ? '' : `, ${words.more}`}`
      : words.text;
  return `${where}, ${OPS[op]}, ${text}`;
}

function Words({ words, op }: { readonly words: ChangeWords; readonly op: Change['op'] }) {
  if (words.kind !== 'pair') {
    return (
      <span className="cc-words">
        {words.kind === 'words' ? (
          words.text
        ) : (
          <>
            {OPS[op]}{' '}
            <bdi className={`cc-value ${op === 'add' ? 'cc-now' : 'cc-old'}`}>
              {words.text || 'an empty line'}
            </bdi>
          </>
        )}
      </span>
    );
  }
  return (
    <span className="cc-words">
      <span className="visually-hidden">{OPS[op]}, was </span>
      <bdi className="cc-value cc-old">{words.old}</bdi>
      <span className="cc-arrow" aria-hidden>
        {' → '}
      </span>
      <span className="visually-hidden">, is now </span>
      <bdi className="cc-value cc-now">{words.now}</bdi>
      {words.more !== '' && <span> {words.more}</span>}
    </span>
  );
}
