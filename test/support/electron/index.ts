/**
 * Stands in for the module `electron` where its runtime is not there. As it is loaded it keeps what the main process
 * asked for and lets a test play the person, the page and the system (`desktop.ts` loads it afresh for each start);
 * in `child.ts` its windows are pages of a real Chromium and its engine is a real process.
 */
export { app } from './app.ts';
export { dialog, ipcMain, nativeTheme, screen, shell } from './desktop-parts.ts';
export { Menu } from './menu.ts';
export { MessageChannelMain } from './ports.ts';
export { protocol, session } from './session.ts';
export { utilityProcess } from './utility.ts';
export { BrowserWindow } from './windows.ts';
export { outside, play, seen } from './world.ts';
