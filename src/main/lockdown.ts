import type { App, Session, WebContents } from 'electron';
import { isOwnPage, PAGE_ORIGIN } from './page.ts';

/** Schemes that a page may load from; all are on this machine. */
const LOCAL = /^(?:app:\/\/vekscope\/|blob:|data:|devtools:)/;

function allowed(permission: string, url: string): boolean {
  return permission === 'clipboard-sanitized-write' && (url === PAGE_ORIGIN || isOwnPage(url));
}

/**
 * Takes from every page what the window does not need: other origins, permissions (only writing text to the
 * clipboard stays), devices and downloads from elsewhere.
 */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(allowed(permission, details.requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) => allowed(permission, origin));
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !LOCAL.test(details.url) }));
}

/** Keeps every page of the app where it is: no navigation but its own reload, no new windows, no embedded pages. */
export function lockContents(app: App): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.on('will-navigate', (event) => {
      if (!isOwnPage(event.url) || event.url !== contents.getURL()) event.preventDefault();
    });
    contents.on('will-frame-navigate', (event) => {
      if (!event.isMainFrame) event.preventDefault();
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}
