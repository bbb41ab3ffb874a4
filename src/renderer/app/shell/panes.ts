import { setDrawer, useOverlays } from '../../state/overlays.ts';
import { setLayout, useSettings } from '../../state/settings.ts';

/** Narrower than this the inspector lies over the middle. */
export const INSPECTOR_FROM = '(min-width: 1200px)';
/** Narrower than this the sources do too. */
export const SOURCES_FROM = '(min-width: 900px)';

/** Opens or closes the inspector, whichever way the width of the window shows it. */
export function toggleInspector(): void {
  if (window.matchMedia(INSPECTOR_FROM).matches) {
    setLayout({ inspectorOpen: !useSettings.getState().layout.inspectorOpen });
  } else {
    setDrawer(useOverlays.getState().drawer === 'inspector' ? null : 'inspector');
  }
}

/** Opens the inspector where it is closed. */
export function showInspector(): void {
  if (window.matchMedia(INSPECTOR_FROM).matches) setLayout({ inspectorOpen: true });
  else setDrawer('inspector');
}

/** Opens or closes the sources, whichever way the width of the window shows them. */
export function toggleSources(): void {
  if (window.matchMedia(SOURCES_FROM).matches) {
    setLayout({ sourcesOpen: !useSettings.getState().layout.sourcesOpen });
  } else {
    setDrawer(useOverlays.getState().drawer === 'sources' ? null : 'sources');
  }
}
