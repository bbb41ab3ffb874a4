import { randomBytes, timingSafeEqual, createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Why a request is turned away: the HTTP status and a sentence for the person. */
export type Refusal = { readonly status: 401 | 403 | 404 | 503; readonly message: string };

/** Where the window's WebSocket connects: `/rpc?token=…`. */
export const ENGINE_PATH = '/rpc';

const LOOPBACK_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i;

/** A secret for one run of the server: 32 random bytes, base64url. */
export function makeToken(): string {
  return randomBytes(32).toString('base64url');
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Compares in a time that does not depend on where or in which length the two differ. */
export function sameToken(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

/** The one `token` of a request's address; null when there is none, '' when there are several. */
export function tokenOf(request: IncomingMessage): string | null {
  const all = queryOf(request).getAll('token');
  return all.length > 1 ? '' : (all[0] ?? null);
}

/** The path of a request's address as it stands there: nothing is decoded or resolved. */
export function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?', 1)[0] ?? '/';
}

function queryOf(request: IncomingMessage): URLSearchParams {
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  return new URLSearchParams(mark === -1 ? '' : url.slice(mark + 1));
}

/** Refuses names that are not loopback: another name that points here is another site (DNS rebinding). */
export function refuseHost(request: IncomingMessage): Refusal | null {
  const host = request.headers.host;
  if (host !== undefined && LOOPBACK_HOST.test(host)) return null;
  return { status: 403, message: 'This server answers only to localhost, 127.0.0.1 and [::1].' };
}

/**
 * What must hold before a WebSocket is accepted: a loopback Host, the page's Origin equal to it, the token, and
 * the path, in this order. Another page in the same browser fails at its Origin, another program at the token.
 */
export function refuseUpgrade(request: IncomingMessage, token: string): Refusal | null {
  const refused = refuseHost(request);
  if (refused !== null) return refused;
  const origin = request.headers.origin;
  if (origin === undefined || origin.toLowerCase() !== `http://${request.headers.host ?? ''}`.toLowerCase()) {
    return { status: 403, message: 'The page that asks is not the one this server gave.' };
  }
  const given = tokenOf(request);
  if (given === null || !sameToken(given, token)) {
    return { status: 401, message: 'The token is missing or is not the one of this server.' };
  }
  return pathOf(request) === ENGINE_PATH
    ? null
    : { status: 404, message: 'There is nothing at this address.' };
}
