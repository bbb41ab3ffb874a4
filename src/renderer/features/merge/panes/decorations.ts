import type { LineOrigin, MergeUnit } from '../../../../contract/merge.ts';
import { editor, Range } from '../../node/code/monaco.ts';
import { originRuns, originWords, type UnitState } from './marks.ts';
import type { FourPanesProps, Pane } from './panes-props.ts';

/** Whether a side has something else at a unit than the base; at a conflict both have. */
export const changedOn = (pane: Pane, taken: MergeUnit['taken']): boolean =>
  pane !== 'base' && (taken === null || taken === 'both' || taken === pane);

/** What a place looks like; empty where a pane has nothing to say about it. */
export function classesOf(pane: Pane, state: UnitState, changed: boolean): string {
  if (state === 'open') return 'mp-open';
  return pane === 'base' || changed ? 'mp-decided' : '';
}

/** Whole lines; a place without lines is a line between two. */
export function placeDecorations(
  model: editor.ITextModel,
  place: { readonly from: number; readonly to: number },
  classes: string,
  more: editor.IModelDecorationOptions,
): editor.IModelDeltaDecoration[] {
  if (classes === '') return [];
  const count = model.getLineCount();
  // of a large document only the beginning may be here
  if (place.from > count) return [];
  const lines = (
    className: string,
    from: number,
    to: number,
    options: editor.IModelDecorationOptions,
  ): editor.IModelDeltaDecoration => ({
    range: new Range(Math.min(from, count), 1, Math.min(to, count), 1),
    options: { isWholeLine: true, className, marginClassName: className, ...options },
  });
  if (place.from === place.to) {
    const past = place.from >= count;
    const line = past ? count : place.from + 1;
    const { linesDecorationsClassName: _bar, lineNumberClassName: _number, ...rest } = more;
    return [lines(`${classes} mp-none ${past ? 'mp-none-after' : ''}`, line, line, rest)];
  }
  return [lines(classes, place.from + 1, place.to, more)];
}

/** The mark of an open place beside the scrollbar. */
export const RULER: editor.IModelDecorationOverviewRulerOptions = {
  color: { id: 'editorUnicodeHighlight.border' },
  position: editor.OverviewRulerLane.Right,
};

/** The bar, the letter and the words beside every line of the result that somebody made. */
export function originDecorations(
  model: editor.ITextModel,
  origins: readonly LineOrigin[],
  names: FourPanesProps['names'],
): editor.IModelDeltaDecoration[] {
  const count = model.getLineCount();
  return originRuns(origins).flatMap(({ origin, from, to }) => {
    if (from >= count) return [];
    return [
      {
        range: new Range(from + 1, 1, Math.min(to, count), 1),
        options: {
          isWholeLine: true,
          linesDecorationsClassName: `mp-origin mp-origin-${origin}`,
          linesDecorationsTooltip: originWords(origin, names),
        },
      },
    ];
  });
}
