import { useMemo } from 'react';
import { limits } from './limits.ts';
import { MoreButton, useMore } from './More.tsx';
import { useRead } from './read-context.ts';
import { cutAt, shownText } from './shown-text.ts';

type Props = { readonly text: string; readonly prose?: boolean; readonly lines?: number };

/** A text as it stands, its beginning first: by lines, or by characters where a line is very long. */
export function TextBody({ text, prose = false, lines = limits.lines }: Props) {
  const { wrap } = useRead();
  const { shown, showMore } = useMore(0, 1);
  const cut = useMemo(
    () => cutAt(text, lines + shown * limits.moreLines, limits.chars + shown * limits.moreChars),
    [text, lines, shown],
  );
  const visible = useMemo(() => shownText(text.slice(0, cut.end)), [text, cut.end]);
  return (
    <>
      <pre className={prose ? 'r-prose' : `r-code ${wrap ? 'r-wrapped' : ''}`} dir="auto">
        {visible}
      </pre>
      <MoreButton
        left={cut.left}
        step={cut.by === 'lines' ? limits.moreLines : limits.moreChars}
        noun={cut.by}
        onClick={showMore}
      />
    </>
  );
}
