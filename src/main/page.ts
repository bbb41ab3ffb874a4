/** The window's own scheme: a secure origin, so that 'self', workers and the CSP work as they do over HTTP. */
export const SCHEME = 'app';
export const PAGE_ORIGIN = 'app://vekscope';
export const PAGE_URL = `${PAGE_ORIGIN}/index.html`;

/** True for addresses of the window's own files. */
export function isOwnPage(url: string): boolean {
  return url.startsWith(`${PAGE_ORIGIN}/`);
}
