import { create } from 'zustand';
import { setLayout, useSettings, type BottomPane } from './settings.ts';
import { setActiveSource } from './workspace.ts';

type BottomSlice = {
  /** grows each time the panel should take the focus */
  readonly asked: number;
};

export const useBottom = create<BottomSlice>(() => ({ asked: 0 }));

/** Opens the panel at the bottom with one of its panes, for a source when one is named, and gives it the focus. */
export function openBottom(pane: BottomPane, source?: string): void {
  if (source !== undefined) setActiveSource(source);
  setLayout({ bottomOpen: true, bottomPane: pane });
  useBottom.setState(({ asked }) => ({ asked: asked + 1 }));
}

export const closeBottom = (): void => setLayout({ bottomOpen: false });

/** Opens the panel with the pane that was last in front, or closes it. */
export function toggleBottom(): void {
  const { bottomOpen, bottomPane } = useSettings.getState().layout;
  if (bottomOpen) closeBottom();
  else openBottom(bottomPane);
}

/** As `toggleBottom` for one pane: closes the panel only when that pane is in front. */
export function toggleBottomPane(pane: BottomPane): void {
  const { bottomOpen, bottomPane } = useSettings.getState().layout;
  if (bottomOpen && bottomPane === pane) closeBottom();
  else openBottom(pane);
}
