import { useState } from 'react';
import { Button } from '../../../ui/button/Button.tsx';
import { formatCount } from '../../../ui/format.ts';

/** Shows the first of many, then more with each press. `total` may change with what is shown. */
export function useMore(
  first: number,
  step: number,
): { readonly shown: number; readonly showMore: () => void } {
  const [shown, setShown] = useState(first);
  return { shown, showMore: () => setShown((before) => before + step) };
}

type Props = {
  readonly left: number;
  readonly step: number;
  readonly noun: string;
  readonly onClick: () => void;
};

/** Shows what is left, all of it or the next step: “Show 120 more lines”. */
export function MoreButton({ left, step, noun, onClick }: Props) {
  if (left <= 0) return null;
  const next = Math.min(left, step);
  const words = left === 1 ? noun.replace(/s$/, '') : noun;
  return (
    <Button size="small" look="link" className="r-more" onClick={onClick}>
      {next === left
        ? `Show ${formatCount(left)} more ${words}`
        : `Show ${formatCount(next)} of ${formatCount(left)} more ${words}`}
    </Button>
  );
}
