import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../../', import.meta.url);

/** The folder of the built window. */
export const rendererFolder = fileURLToPath(new URL('out/renderer/', root));

/** The engine's worker, run from source. */
export const engineEntry = new URL('src/engine/worker.ts', root);

/** The bundled sample, or null where it was not shipped. */
export function shippedSample(): string | null {
  const folder = fileURLToPath(new URL('resources/sample/', root));
  return existsSync(folder) ? folder : null;
}

/** The product's version, as in package.json. */
export function productVersion(): string {
  const text = readFileSync(new URL('package.json', root), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}
