import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { resolveConfig } from 'electron-vite';
import { build } from 'vite';
import type * as native from './native-import.cjs';
import type * as standIn from './electron/index.ts';
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
  const folder = pathToFileURL(join(projectRoot, 'test', 'support', 'electron')).href;
  const query = `?start=${starts}`;
  const address = `${folder}/index.ts${query}`;
  const hooks = registerHooks({
    resolve: (name, context, next) => {
      if (name === 'electron') return { url: address, shortCircuit: true };
      const inside = context.parentURL?.startsWith(`${folder}/`) === true && name.startsWith('./');
      return inside
        ? { url: `${new URL(name, context.parentURL).href}${query}`, shortCircuit: true }
        : next(name, context);
    },
  });
  const argv = process.argv;
  try {
    const desktop = (await load(address)) as Desktop;
    prepare(desktop);
    process.argv = desktop.play.packaged ? ['/vekscope', ...args] : ['/electron', projectRoot, ...args];
    process.removeAllListeners('uncaughtExceptionMonitor');
    await load(pathToFileURL(join(own, 'main', 'index.js')).href);
    desktop.app.emit('ready');
    await new Promise((settled) => setImmediate(settled));
    return desktop;
  } finally {
    process.argv = argv;
    hooks.deregister();
  }
}

/** The one window of a start. */
export const windowOf = ({ seen }: Desktop) => seen.windows[0]!;

/** An ipc event as Electron makes it: from the page unless told otherwise. */
export function eventOf(from: Desktop, change: Record<string, unknown> = {}): object {
  const { webContents } = windowOf(from);
  return { sender: webContents, senderFrame: webContents.mainFrame, ...change };
}

/** An event that a handler may prevent. */
export function preventable(change: Record<string, unknown> = {}): {
  prevented: boolean;
  preventDefault: () => void;
} {
  const event = {
    ...change,
    prevented: false,
    preventDefault: (): void => {
      event.prevented = true;
    },
  };
  return event;
}
