/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a select can not hold rows with bars */
import { useId, useMemo, useState } from 'react';
import { outlineOf, type OutlinePart } from '../../../core/agents/forms/outline.ts';
import { useShortcuts } from '../../ui/keyboard.ts';
import { formatCount } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { focusBox } from '../agent/parts/focus-box.ts';

type Props = {
  readonly text: string;
  /** the line of the cursor */
  readonly line: number;
  /** what an assembled prompt may have, in tokens; null where the text is not sent */
  readonly limit: number | null;
  readonly onLine: (line: number, focus: boolean) => void;
};

const SCOPE = { name: 'editor-outline', label: 'Outline of a text' };

/** The sections of a text with what each weighs, tokens being characters / 4. */
export function OutlinePane({ text, line, limit, onLine }: Props) {
  const entries = useMemo(() => outlineOf(text), [text]);
  const [picked, setPicked] = useState<number | null>(null);
  const id = useId();
  const here = entries.findLastIndex((entry) => entry.line <= line && line <= entry.endLine);
  const at = picked !== null && picked < entries.length ? picked : Math.max(0, here);
  const most = Math.max(1, ...entries.map(({ tokens }) => tokens));
  const go = (index: number, focus: boolean) => {
    const to = Math.max(0, Math.min(entries.length - 1, index));
    const entry = entries[to];
    if (entry === undefined) return;
    setPicked(focus ? null : to);
    onLine(entry.line, focus);
  };
  useShortcuts(SCOPE, [
    { keys: 'ArrowDown', label: 'Next section', run: () => go(at + 1, false) },
    { keys: 'ArrowUp', label: 'Previous section', run: () => go(at - 1, false) },
    { keys: 'Home', label: 'First section', hidden: true, run: () => go(0, false) },
    { keys: 'End', label: 'Last section', hidden: true, run: () => go(entries.length - 1, false) },
    { keys: 'Enter', label: 'To the section in the text', run: () => go(at, true) },
  ]);
  return (
    <div
      role="listbox"
      aria-label="Outline"
      tabIndex={0}
      className="ew-scroll ew-outline"
      data-key-scope={SCOPE.name}
      {...(entries.length > 0 ? { 'aria-activedescendant': `${id}-${at}` } : {})}
    >
      {entries.length === 0 && (
        <div role="option" aria-selected={false} tabIndex={-1} className="ew-outline-none">
          There is no heading.
        </div>
      )}
      {entries.map((entry, index) => (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys of the list are in the window's registry
        <div
          key={entry.line}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          className="ew-outline-row"
          style={{ paddingInlineStart: 12 + Math.max(0, entry.level - 1) * 12 }}
          onClick={(event) => {
            focusBox(event);
            go(index, false);
          }}
          onDoubleClick={() => go(index, true)}
        >
          <bdi className="truncate">{nameOf(entry, entries.length)}</bdi>
          <span
            className="ew-outline-tokens"
            {...(limit === null
              ? {}
              : { title: `of the ${formatCount(limit)} tokens that a prompt may have` })}
          >
            ≈ {formatCount(entry.tokens)}
            {limit !== null && `, ${shareOf(entry.tokens, limit)}`}
          </span>
          <span className="ew-outline-bar" style={{ width: `${(entry.tokens / most) * 100}%` }} aria-hidden />
        </div>
      ))}
    </div>
  );
}

/** How much of a prompt a section takes. */
const shareOf = (tokens: number, limit: number): string => {
  const share = limit === 0 ? 0 : (tokens / limit) * 100;
  return `${share.toFixed(share < 10 ? 1 : 0)} % of the limit`;
};

/** The name of a part; only headings have one of their own. */
function nameOf({ kind, title }: OutlinePart, count: number): string {
  if (kind === 'heading') return visibleText(title);
  if (kind === 'header') return 'Header';
  return count === 1 ? 'Whole text' : 'Before the first heading';
}
