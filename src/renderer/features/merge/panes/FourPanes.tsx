import { useMemo, useRef } from 'react';
import { Button } from '../../../ui/button/Button.tsx';
import { FailureState } from '../../../ui/empty/FailureState.tsx';
import { useWidth } from '../../compare/calls/use-width.ts';
import { statesOf } from './marks.ts';
import { PanesBody } from './PanesBody.tsx';
import { PanesSkeleton } from './PanesSkeleton.tsx';
import type { FourPanesProps } from './panes-props.ts';
import { useTexts } from './use-texts.ts';
import './panes.css';

/** The width of the view in px below which three texts do not fit beside each other. */
const THREE = 660;

/**
 * One document as four texts: base and both branches above, the result below. All are read-only; the result changes by
 * taking a side for the current unit or by typing in place of it, so that every change is one choice that can be undone.
 */
export function FourPanes(props: FourPanesProps) {
  const { source, merge, names, document, decision } = props;
  const root = useRef<HTMLDivElement>(null);
  const width = useWidth(root);
  const texts = useTexts(names, source, merge, decision);
  const states = useMemo(() => statesOf(document.units, decision), [document.units, decision]);
  const narrow = width !== null && width < THREE;
  return (
    <div ref={root} className="mp-panes">
      {texts.texts === null || width === null ? (
        texts.error === null ? (
          <PanesSkeleton />
        ) : (
          <FailureState
            error={texts.error}
            actions={
              <Button size="small" onClick={texts.retry}>
                Read again
              </Button>
            }
          />
        )
      ) : (
        <PanesBody
          key={`${document.id} ${narrow}`}
          {...props}
          texts={texts.texts}
          busy={texts.busy}
          cut={texts.cut}
          onAll={texts.showAll}
          failed={texts.error}
          states={states}
          narrow={narrow}
        />
      )}
    </div>
  );
}
