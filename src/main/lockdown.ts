import { app, type Session, type WebContents } from 'electron';
import { isOwnPage, PAGE_ORIGIN } from './page.ts';

/** Schemes that a page may load from; all are on this machine. */
const LOCAL = /^(?:app:\/\/vekscope\/|blob:|data:|devtools:)/;

/**
 * What Chromium would do over the network by itself. No name is resolved and no proxy is looked for: what slips
 * through everything else ends here.
 */
export const SWITCHES: readonly (readonly [string, string?])[] = [
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
  ['no-proxy-server'],
  ['disable-background-networking'],
  ['disable-component-update'],
  ['disable-domain-reliability'],
  ['disable-breakpad'],
  ['disable-sync'],
  ['disable-quic'],
  ['no-pings'],
  [
    'disable-features',
    [
      'AutofillServerCommunication',
      'CertificateTransparencyComponentUpdater',
      'DialMediaRouteProvider',
      'MediaRouter',
      'NetworkTimeServiceQuerying',
      'OptimizationHints',
      'Translate',
    ].join(),
  ],
];

/** The code by which Chromium hears that a certificate is not accepted. */
const REJECTED = -2;

function allowed(permission: string, url: string): boolean {
  return permission === 'clipboard-sanitized-write' && (url === PAGE_ORIGIN || isOwnPage(url));
}

/** What must be so before the app is ready, for every page there will be. */
export function lockApp(): void {
  app.enableSandbox();
  for (const [name, value] of SWITCHES) {
    if (value === undefined) app.commandLine.appendSwitch(name);
    else app.commandLine.appendSwitch(name, value);
  }
  app.on('web-contents-created', (_event, contents) => lockContents(contents));
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, answer) => {
    event.preventDefault();
    answer(false);
  });
  app.on('select-client-certificate', (event, _contents, _url, _list, answer) => {
    event.preventDefault();
    answer();
  });
}

/**
 * Takes from every page what the window does not need: other origins, permissions (only writing text to the
 * clipboard stays), devices, other servers, and downloads of anything but its own contents.
 */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(allowed(permission, details.requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) => allowed(permission, origin));
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler(null);
  session.setCertificateVerifyProc((_request, answer) => answer(REJECTED));
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !LOCAL.test(details.url) }));
  session.on('will-download', (event, item) => {
    // contents of a call are saved from the page's own memory
    if (!item.getURL().startsWith(`blob:${PAGE_ORIGIN}/`)) event.preventDefault();
  });
}

/** Keeps a page where it is: no navigation but its own reload, no new windows, no embedded pages, no sockets around. */
function lockContents(contents: WebContents): void {
  contents.on('will-navigate', (event) => {
    if (!isOwnPage(event.url) || event.url !== contents.getURL()) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}
