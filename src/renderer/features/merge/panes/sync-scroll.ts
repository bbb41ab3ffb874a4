import { editor } from '../../node/code/monaco.ts';
import type { MergeText } from '../../../../contract/merge.ts';
import { anchorsBetween, mapLine, spansOf, type Anchors, type Span } from './sync.ts';

type Views<Pane extends string> = Readonly<Record<Pane, editor.ICodeEditor>>;

/** How far down in a pane a unit is put that was not in view, as a part of the pane's height. */
const AT = 0.28;
/** Over how many px of scrolling the place where texts are held beside each other moves from the top down to there. */
const RUN_IN = 160;

/**
 * Scrolls several texts together: what belongs to the same unit stays beside each other, and between units it moves
 * evenly. All begin together.
 */
export function syncScrolling<Pane extends string>(views: Views<Pane>) {
  const panes = Object.keys(views) as Pane[];
  const spans = new Map<Pane, ReadonlyMap<string, Span>>();
  const anchors = new Map<string, Anchors>();
  let busy = false;

  const anchorsOf = (a: Pane, b: Pane): Anchors => {
    const known = anchors.get(`${a} ${b}`);
    if (known !== undefined) return known;
    const lines = { a: linesIn(views[a]), b: linesIn(views[b]) };
    const made = anchorsBetween(spans.get(a) ?? new Map(), spans.get(b) ?? new Map(), lines);
    anchors.set(`${a} ${b}`, made);
    return made;
  };

  const follow = (from: Pane) => {
    const view = views[from];
    const height = view.getLayoutInfo().height;
    // the beginnings stand beside each other too, whatever the heights of the panes
    const part = AT * Math.min(1, view.getScrollTop() / RUN_IN);
    const line = lineAt(view, view.getScrollTop() + part * height);
    busy = true;
    for (const pane of panes) {
      if (pane === from) continue;
      const other = views[pane];
      const top = topOf(other, mapLine(anchorsOf(from, pane), line));
      other.setScrollTop(top - part * other.getLayoutInfo().height, editor.ScrollType.Immediate);
      other.setScrollLeft(view.getScrollLeft(), editor.ScrollType.Immediate);
    }
    busy = false;
  };

  const listeners = panes.map((pane) =>
    views[pane].onDidScrollChange((event) => {
      if (!busy && (event.scrollTopChanged || event.scrollLeftChanged)) follow(pane);
    }),
  );

  return {
    setTexts: (texts: Readonly<Record<Pane, MergeText | null>>): void => {
      anchors.clear();
      for (const pane of panes) {
        const text = texts[pane];
        spans.set(pane, text === null ? new Map() : spansOf(text));
      }
    },
    /** Brings a unit into view everywhere, if it is not in view everywhere already; `own` stays as it is. */
    align: (unit: string, own: Pane | null): void => {
      const there = panes.flatMap((pane) => {
        const span = spans.get(pane)?.get(unit);
        return span === undefined || views[pane].getLayoutInfo().height === 0 ? [] : [{ pane, span }];
      });
      const first = there[0];
      if (first === undefined || there.every(({ pane, span }) => isInView(views[pane], span))) return;
      busy = true;
      for (const pane of panes) {
        if (pane === own) continue;
        const view = views[pane];
        const span = there.find((place) => place.pane === pane)?.span;
        const line = span?.from ?? mapLine(anchorsOf(first.pane, pane), first.span.from);
        view.setScrollTop(topOf(view, line) - AT * view.getLayoutInfo().height, editor.ScrollType.Immediate);
      }
      busy = false;
    },
    dispose: (): void => {
      for (const listener of listeners) listener.dispose();
    },
  };
}

const linesIn = (view: editor.ICodeEditor): number => view.getModel()?.getLineCount() ?? 1;

/** The top of a line, from 0, in px of the whole text; the line may lie between two. */
function topOf(view: editor.ICodeEditor, line: number): number {
  const count = linesIn(view);
  const whole = Math.min(Math.max(0, Math.floor(line)), count);
  const top = whole >= count ? view.getBottomForLineNumber(count) : view.getTopForLineNumber(whole + 1);
  if (whole >= count) return top;
  return top + (line - whole) * (view.getBottomForLineNumber(whole + 1) - top);
}

/** The line at a height in px of the whole text, from 0. */
function lineAt(view: editor.ICodeEditor, y: number): number {
  let low = 1;
  let high = linesIn(view);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (view.getTopForLineNumber(middle) <= y) low = middle;
    else high = middle - 1;
  }
  const top = view.getTopForLineNumber(low);
  const height = Math.max(1, view.getBottomForLineNumber(low) - top);
  return low - 1 + Math.min(1, Math.max(0, (y - top) / height));
}

/** A unit larger than the pane counts as in view where its beginning is. */
function isInView(view: editor.ICodeEditor, span: Span): boolean {
  const { height } = view.getLayoutInfo();
  const top = topOf(view, span.from) - view.getScrollTop();
  const bottom = Math.min(topOf(view, span.to) - view.getScrollTop(), top + height * 0.6);
  return top >= 0 && bottom <= height;
}
