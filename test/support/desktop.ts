import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { resolveConfig } from 'electron-vite';
import { build } from 'vite';
import type * as native from './native-import.cjs';
import type * as standIn from './electron-stand-in.ts';
import { projectRoot } from './peers.ts';

const load = (createRequire(import.meta.url)('./native-import.cjs') as typeof native).nativeImport;

/** The main process and the preload as they are shipped, built into a folder of their own. */
export type BuiltDesktop = { readonly folder: string; readonly preload: string; readonly remove: () => void };

/** Builds main and preload by `electron.vite.config.ts`, beside a small page in place of the window. */
export async function buildDesktop(): Promise<BuiltDesktop> {
  const cache = join(projectRoot, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'desktop-'));
  const { config } = await resolveConfig({ root: projectRoot, logLevel: 'error' }, 'build', 'production');
  for (const part of ['main', 'preload'] as const) {
    const partly = config?.[part];
    if (partly === undefined) throw new Error(`electron.vite.config.ts has no ${part}`);
    await build({
      ...partly,
      logLevel: 'error',
      build: { ...partly.build, outDir: join(folder, part), emptyOutDir: true },
    });
  }
  mkdirSync(join(folder, 'renderer', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'renderer', 'index.html'), '<!doctype html><title>page</title>');
  writeFileSync(join(folder, 'renderer', 'assets', 'a.js'), 'export {};');
  return {
    folder,
    preload: join(folder, 'preload', 'index.cjs'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export type Desktop = typeof standIn;

let starts = 0;

/**
 * Starts the built main process on the stand-in for Electron, with these arguments, and returns the stand-in once the
 * main process has nothing left to do. `prepare` sets the scene before.
 */
export async function startDesktop(
  built: BuiltDesktop,
  args: readonly string[],
  prepare: (desktop: Desktop) => void = () => {},
): Promise<Desktop> {
  starts += 1;
  const own = join(built.folder, `start-${starts}`);
  for (const part of ['main', 'preload', 'renderer'])
    cpSync(join(built.folder, part), join(own, part), { recursive: true });
  // under a name of its own each time, so that each start has a fresh one
  const standInFile = pathToFileURL(join(projectRoot, 'test', 'support', 'electron-stand-in.ts'));
  const address = `${standInFile.href}?start=${starts}`;
  const hooks = registerHooks({
    resolve: (name, context, next) =>
      name === 'electron' ? { url: address, shortCircuit: true } : next(name, context),
  });
  const argv = process.argv;
  try {
    const desktop = (await load(address)) as Desktop;
    prepare(desktop);
    process.argv = ['/electron', projectRoot, ...args];
    await load(pathToFileURL(join(own, 'main', 'index.js')).href);
    await new Promise((settled) => setImmediate(settled));
    return desktop;
  } finally {
    process.argv = argv;
    hooks.deregister();
  }
}
