import { useState, type ReactNode } from 'react';
import { Button } from '../../ui/button/Button.tsx';
import { formatCount } from '../../ui/format.ts';

/** Entries of several lines that are drawn at once; beyond, a person asks for more, so that long lists stay quick. */
const AT_ONCE = 60;

type Props<Item> = {
  readonly items: readonly Item[];
  readonly children: (item: Item) => ReactNode;
  readonly className: string;
  readonly label: string;
};

/** A list that comes in steps and says how much is left. */
export function Steps<Item>({ items, children, className, label }: Props<Item>) {
  const [shown, setShown] = useState(AT_ONCE);
  const left = items.length - shown;
  return (
    <>
      <ul className={className} aria-label={label}>
        {items.slice(0, shown).map(children)}
      </ul>
      {left > 0 && (
        <p className="fl-more">
          <Button size="small" onClick={() => setShown(shown + AT_ONCE)}>
            Show {formatCount(Math.min(AT_ONCE, left))} more of {formatCount(left)}
          </Button>
        </p>
      )}
    </>
  );
}
