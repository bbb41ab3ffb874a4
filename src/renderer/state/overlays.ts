import { create } from 'zustand';

export type Overlay = 'palette' | 'shortcuts' | 'settings' | 'open-folder' | 'recording';

type OverlaySlice = {
  /** the dialog in front, besides the action dialog */
  readonly overlay: Overlay | null;
  /** the pane that is drawn over the middle in a narrow window */
  readonly drawer: 'sources' | 'inspector' | null;
};

/** What lies over the window now; never kept. */
export const useOverlays = create<OverlaySlice>(() => ({ overlay: null, drawer: null }));

export const showOverlay = (overlay: Overlay): void => useOverlays.setState({ overlay });
export const closeOverlay = (): void => useOverlays.setState({ overlay: null });
export const setDrawer = (drawer: OverlaySlice['drawer']): void => useOverlays.setState({ drawer });
