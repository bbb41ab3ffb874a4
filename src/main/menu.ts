import { Menu, type MenuItemConstructorOptions } from 'electron';

/** The menu with the keys that a desktop expects. Everything else is in the window's command palette. */
export function buildMenu(actions: { readonly openFolder: () => void }, isMac: boolean): Menu {
  const file: MenuItemConstructorOptions = {
    label: 'File',
    submenu: [
      { label: 'Open Folder…', accelerator: 'CmdOrCtrl+O', click: actions.openFolder },
      { type: 'separator' },
      isMac ? { role: 'close' } : { role: 'quit' },
    ],
  };
  const view: MenuItemConstructorOptions = {
    label: 'View',
    submenu: [
      { role: 'reload' },
      { role: 'toggleDevTools' },
      { type: 'separator' },
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
    ],
  };
  const own: MenuItemConstructorOptions[] = isMac ? [{ role: 'appMenu' }] : [];
  // elsewhere its Ctrl+W would close the program instead of a tab
  const windows: MenuItemConstructorOptions[] = isMac ? [{ role: 'windowMenu' }] : [];
  return Menu.buildFromTemplate([...own, file, { role: 'editMenu' }, view, ...windows]);
}
