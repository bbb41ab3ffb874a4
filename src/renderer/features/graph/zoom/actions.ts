import { getSelection } from '../../../state/selection.ts';
import { rowHeight as rowsHeight, useSettings } from '../../../state/settings.ts';
import { announce } from '../../../ui/announce.ts';
import { graphOf, keepZoom } from '../sources.ts';
import { zoomLevels, zoomStep, zoomWords } from './zoom.ts';

/** Zooms in (positive) or out by levels. What stands `y` px below the top stays; without it, the selected call. */
export function zoomBy(source: string, steps: number, y?: number): void {
  const { scroll } = graphOf(source).get();
  const rows = rowsHeight(useSettings.getState());
  zoomToLevel(source, zoomStep(zoomLevels(scroll, rows), scroll.rowHeight, steps), y);
}

/** Zooms to rows of a height, one of `zoomLevels`. */
export function zoomToLevel(source: string, rowHeight: number, y?: number): void {
  const model = graphOf(source);
  const { scroll } = model.get();
  if (rowHeight === scroll.rowHeight) {
    announce(rowHeight >= rowsHeight(useSettings.getState()) ? 'Rows are shown.' : 'Every call is in sight.');
    return;
  }
  model.setRowHeight(rowHeight, y ?? anchorOf(source));
  keepZoom(source, rowHeight);
  announce(`Zoom: ${zoomWords(rowHeight)}.`);
}

/** Back to rows. */
export function zoomToRows(source: string): void {
  zoomToLevel(source, rowsHeight(useSettings.getState()));
}

/** Rows again, with this row of the view among them. */
export function showRowsAt(source: string, row: number): void {
  zoomToRows(source);
  graphOf(source).show(row, 'jump');
}

/** Out to where every call is in sight. */
export function zoomToAll(source: string): void {
  const { scroll } = graphOf(source).get();
  const levels = zoomLevels(scroll, rowsHeight(useSettings.getState()));
  zoomToLevel(source, levels.at(-1) ?? scroll.rowHeight);
}

/** Where the selected call stands in the window, or its middle where that is out of sight. */
function anchorOf(source: string): number {
  const model = graphOf(source);
  const { scroll } = model.get();
  const selection = getSelection();
  const row = selection?.source === source ? model.rowOf(selection.hash) : null;
  const y = row === null ? -1 : (row + 0.5) * scroll.rowHeight - scroll.offset;
  return y >= 0 && y <= scroll.height ? y : scroll.height / 2;
}
