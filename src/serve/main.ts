import { statSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { looksLikeLink, parseLink } from '../contract/link.ts';
import { ledgerAt } from '../core/aex/find.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { dataDir, dataDirPath } from '../core/storage/data-dir.ts';
import { systemFailure } from '../core/storage/failures.ts';
import { enableUriNames } from '../core/storage/uri.ts';
import { openSampleFolder, sampleFolder } from '../engine/sample.ts';
import type { EngineOptions } from '../engine/options.ts';
import { startEngine, type EngineHandle } from './engine.ts';
import { makeToken } from './guard.ts';
import { engineEntry, productVersion, rendererFolder, shippedSample } from './places.ts';
import { createWindowServer } from './server.ts';

export type ServeOptions = {
  /** folders and ledgers the window may open, or links to calls in them; the first one is shown. None: the bundled sample. */
  readonly folders: readonly string[];
  /** 0 picks a free one */
  readonly port: number;
  /** the folder of the built window, and the engine's entry, where they are not the product's own */
  readonly assets?: string;
  readonly engine?: URL;
};

export type Serving = {
  /** with the token: whoever has this address has the window */
  readonly address: string;
  readonly port: number;
  /** settles when the server has ended: null when it was asked to, else the reason */
  readonly ended: Promise<string | null>;
  readonly close: () => Promise<void>;
};

/** Only this machine reaches the server; a remote person comes through a tunnel. */
const LOOPBACK = '127.0.0.1';

/**
 * Starts the engine and a server for its window on the loopback interface. Fails when a folder is not there, the
 * port is taken, or the window is not built.
 */
export async function serve(options: ServeOptions): Promise<Result<Serving>> {
  enableUriNames();
  const places = options.folders.map(placeOf);
  for (const place of places) {
    if (place === null) return fail('bad-request', 'This is not a whole link to a call.', LINK_HINT);
    const { folder } = place;
    const isFolder = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
    if (!isFolder && !ledgerAt(folder).ok) {
      return fail('not-found', `${folder} is not a folder or a ledger.`, 'Name a folder that exists.');
    }
  }
  const assets = options.assets ?? rendererFolder;
  if (statSync(resolve(assets, 'index.html'), { throwIfNoEntry: false }) === undefined) {
    return fail('not-found', 'The window is not built yet.', 'Build it with: npm run build');
  }
  const settings = engineSettings(places.filter((place) => place !== null));
  if (!settings.ok) return settings;
  let engine: EngineHandle | null = null;
  const token = makeToken();
  const { server, dismiss } = createWindowServer({
    assets,
    token,
    data: settings.value.dataDir,
    connect: () => {
      if (engine === null) throw new Error('A window came before the engine was started');
      return engine.connect();
    },
  });
  const listening = await listen(server, options.port);
  if (!listening.ok) return listening;
  engine = startEngine(options.engine ?? engineEntry, settings.value);
  const running = engine;
  let asked = false;
  const closeServer = async (reason: string) => {
    dismiss(reason);
    const closed = new Promise<void>((done) => server.close(() => done()));
    server.closeAllConnections();
    await closed;
  };
  const ended = running.ended.then(async (reason) => {
    await closeServer('The engine has ended.');
    return asked ? null : reason;
  });
  return ok({
    address: `http://${LOOPBACK}:${listening.value}/?token=${token}`,
    port: listening.value,
    ended,
    close: async () => {
      asked = true;
      dismiss('The server has ended.');
      await running.close();
      await ended;
    },
  });
}

function appFolder(): Result<string> {
  try {
    return ok(dataDir());
  } catch (error) {
    return systemFailure(error, dataDirPath());
  }
}

type Place = { readonly folder: string; readonly initial: string };

const LINK_HINT = 'A link has the folder, a # and 64 digits; copy it again in the window.';

/** The folder that a word names, and what the window shows first; null for a broken link. */
function placeOf(word: string): Place | null {
  if (!looksLikeLink(word)) return { folder: resolve(word), initial: resolve(word) };
  const link = parseLink(word);
  return link === null ? null : { folder: resolve(link.path), initial: word.trim() };
}

/** The person's copy of the sample may always be opened; it is shown when no folder is named. */
function engineSettings(places: readonly Place[]): Result<EngineOptions> {
  const data = appFolder();
  if (!data.ok) return data;
  const settings = {
    dataDir: data.value,
    sample: shippedSample(),
    version: productVersion(),
    host: 'browser' as const,
  };
  const roots = [...places.map(({ folder }) => folder), sampleFolder(settings)];
  if (places[0] !== undefined) return ok({ ...settings, roots, initial: places[0].initial });
  const sample = openSampleFolder({ ...settings, roots, initial: null });
  return sample.ok ? ok({ ...settings, roots, initial: sample.value }) : sample;
}

/**
 * Serves until SIGINT or SIGTERM, and hands the address to `print` once it answers. Returns the reason when it
 * could not start or ended by itself, null after a clean end.
 */
export async function serveUntilStopped(
  options: ServeOptions & { readonly print: (address: string) => void },
): Promise<Result<null>> {
  const started = await serve(options);
  if (!started.ok) return started;
  const serving = started.value;
  // Ctrl-C reaches a wrapper and this process, so the same wish may come twice.
  let stopping = false;
  const stop = () => {
    if (!stopping) void serving.close();
    stopping = true;
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  options.print(serving.address);
  const reason = await serving.ended;
  process.removeListener('SIGINT', stop);
  process.removeListener('SIGTERM', stop);
  if (reason === null) return ok(null);
  return fail(
    'io',
    'The engine stopped, so the window has nothing to show.',
    'Start it again, and report this if it happens again.',
    reason,
  );
}

function listen(server: Server, port: number): Promise<Result<number>> {
  return new Promise((settle) => {
    const failed = (error: NodeJS.ErrnoException) => settle(portFailure(error, port));
    server.once('error', failed);
    server.listen({ host: LOOPBACK, port }, () => {
      server.removeListener('error', failed);
      settle(ok((server.address() as AddressInfo).port));
    });
  });
}

function portFailure(error: NodeJS.ErrnoException, port: number): Result<number> {
  const hint = 'Choose another one with --port N, or --port 0 for a free one.';
  if (error.code === 'EADDRINUSE')
    return fail('io', `Port ${port} is taken by another program.`, hint, error.message);
  if (error.code === 'EACCES')
    return fail('io', `The system does not allow port ${port}.`, hint, error.message);
  return fail('io', `The server could not listen on port ${port}.`, hint, error.message);
}
