import { protocol, type Session } from 'electron';
import { assetFinder, readAsset } from '../serve/assets.ts';
import { SECURITY_HEADERS } from '../serve/policy.ts';
import { PAGE_ORIGIN, SCHEME } from './page.ts';

/** Makes `app:` a standard, secure scheme. Must run before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves `folder`, and nothing else, under `app://vekscope/`, with the headers of the browser host. */
export function serveScheme(session: Session, folder: string): void {
  const find = assetFinder(folder);
  session.protocol.handle(SCHEME, (request) => {
    const url = new URL(request.url);
    if (`${url.protocol}//${url.host}` !== PAGE_ORIGIN) return words(403, 'There is only app://vekscope.');
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return words(405, 'There are only files here.');
    const asset = find(url.pathname);
    if (asset === 'not-built') return words(503, 'The window is not built yet. Build it with: npm run build');
    const bytes = asset === undefined ? null : readAsset(asset);
    if (asset === undefined || bytes === null) return words(404, 'There is nothing at this address.');
    return new Response(request.method === 'HEAD' ? null : bytes, {
      status: 200,
      headers: { ...SECURITY_HEADERS, 'Content-Type': asset.type, 'Cache-Control': asset.cache },
    });
  });
}

function words(status: number, text: string): Response {
  return new Response(text, {
    status,
    headers: { ...SECURITY_HEADERS, 'Content-Type': 'text/plain; charset=utf-8' },
  });
}
