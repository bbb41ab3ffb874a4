import { readFileSync, readdirSync, statSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

/** One file of the built window. `cache` is its `Cache-Control`. */
export type Asset = { readonly file: string; readonly type: string; readonly cache: string };

const TYPES: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.ico', 'image/x-icon'],
  ['.woff2', 'font/woff2'],
  ['.ttf', 'font/ttf'],
  ['.txt', 'text/plain; charset=utf-8'],
  ['.md', 'text/markdown; charset=utf-8'],
]);

function cacheOf(path: string): string {
  if (path.endsWith('.html')) return 'no-store';
  return path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
}

/**
 * The files of the built window by their address path, or null when the window is not built. Only what was listed
 * here can be asked for, so no path leads out of the folder; symbolic links are not followed.
 */
export function listAssets(folder: string): ReadonlyMap<string, Asset> | null {
  const assets = new Map<string, Asset>();
  let entries;
  try {
    entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  } catch {
    return null;
  }
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const path = `/${relative(folder, file).split(sep).join('/')}`;
    const type = TYPES.get(extname(entry.name).toLowerCase()) ?? 'application/octet-stream';
    assets.set(path, { file, type, cache: cacheOf(path) });
  }
  const index = assets.get('/index.html');
  if (index === undefined) return null;
  assets.set('/', index);
  const icon = assets.get('/favicon.ico') ?? assets.get('/icon.svg');
  if (icon !== undefined) assets.set('/favicon.ico', icon);
  return assets;
}

/** A finder of assets that looks again when the window was built anew, as seen from index.html. */
export function assetFinder(folder: string): (path: string) => Asset | 'not-built' | undefined {
  let assets: ReadonlyMap<string, Asset> | null = null;
  let seen = -1;
  return (path) => {
    const index = statSync(join(folder, 'index.html'), { throwIfNoEntry: false });
    if (index === undefined) return 'not-built';
    if (assets === null || index.mtimeMs !== seen) {
      assets = listAssets(folder);
      seen = index.mtimeMs;
    }
    return assets === null ? 'not-built' : assets.get(path);
  };
}

/** The bytes of an asset, or null when the file went between listing and reading. */
export function readAsset(asset: Asset): Uint8Array<ArrayBuffer> | null {
  try {
    return new Uint8Array(readFileSync(asset.file));
  } catch {
    return null;
  }
}
