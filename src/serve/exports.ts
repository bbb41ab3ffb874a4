import { createReadStream, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import { EXPORT_PATH } from '../contract/host.ts';
import { dropExport, exportPath } from '../core/storage/exports.ts';
import { pathOf } from './guard.ts';

/** A file that a request asks for by its id, and the name that it is to have. */
export type AskedExport = { readonly id: string; readonly name: string };

/** What a request asks for; null where it asks for no such file. */
export function exportOf(request: IncomingMessage): AskedExport | null {
  const path = pathOf(request);
  if (!path.startsWith(EXPORT_PATH)) return null;
  const query = (request.url ?? '').slice(path.length + 1);
  return { id: path.slice(EXPORT_PATH.length), name: new URLSearchParams(query).get('name') ?? '' };
}

/** Sends a file as a download, piece by piece, and removes it when all of it went out. False: there is none. */
export function sendExport(
  request: IncomingMessage,
  response: ServerResponse,
  data: string,
  { id, name }: AskedExport,
): boolean {
  const path = exportPath(data, id);
  if (path === null) return false;
  response.writeHead(200, {
    'Content-Type': 'application/octet-stream',
    'Content-Disposition': `attachment; filename*=UTF-8''${headerText(name)}`,
    'Content-Length': statSync(path).size,
    'Cache-Control': 'no-store',
  });
  if (request.method === 'HEAD') {
    response.end();
    return true;
  }
  pipeline(createReadStream(path), response, (error) => {
    // what broke off can be fetched again
    if (error === null || error === undefined) dropExport(data, id);
  });
  return true;
}

/** A name as a header may hold it (RFC 8187). */
const headerText = (name: string): string =>
  encodeURIComponent(name.slice(0, 200).toWellFormed() || 'export').replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
