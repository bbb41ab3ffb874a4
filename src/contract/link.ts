/** What a link to a call names: the folder that holds the `.vek`, and the whole hash of the call. */
export type CallLink = { readonly path: string; readonly hash: string };

export const LINK_SCHEME = 'vekscope:';

const HASH = /^[0-9a-f]{64}$/;
/** `/…` on Linux and macOS, `C:\…` or `\\server\…` on Windows. */
const ABSOLUTE = /^(?:\/|[A-Za-z]:[\\/]|\\\\)/;
/** Longer than any path of any system. */
const MAX_LINK = 40_000;

/**
 * The link to a call: `vekscope:` and the absolute path of its folder, each part percent-encoded, `#` and the 64 digits
 * of the hash. Null for what has no such link: a relative path, or a hash of another form, as a foreign store may have.
 */
export function formatLink({ path, hash }: CallLink): string | null {
  if (!ABSOLUTE.test(path) || !path.isWellFormed() || path.includes('\0') || !HASH.test(hash)) return null;
  // a second slash at the start would read as the beginning of a host's name
  const encoded = path.split('/').map(encodeURIComponent).join('/').replace(/^\/\//, '/%2F');
  const link = `${LINK_SCHEME}${encoded}#${hash}`;
  return link.length > MAX_LINK ? null : link;
}

/** Whether a text means to be a link; `parseLink` says whether it is one. */
export const looksLikeLink = (text: string): boolean => text.trim().toLowerCase().startsWith(LINK_SCHEME);

/** Reads a link, also with the empty host (`vekscope:///…`) that some systems put into it; null for anything else. */
export function parseLink(text: string): CallLink | null {
  const link = text.trim();
  if (link.length > MAX_LINK || !looksLikeLink(link)) return null;
  const mark = link.lastIndexOf('#');
  const hash = link.slice(mark + 1).toLowerCase();
  if (mark < 0 || !HASH.test(hash)) return null;
  const path = decoded(link.slice(LINK_SCHEME.length, mark).replace(/^\/\/(?=\/)/, ''));
  if (path === null || !ABSOLUTE.test(path) || path.includes('\0')) return null;
  return { path, hash };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
