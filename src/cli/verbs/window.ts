import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { looksLikeLink, parseLink } from '../../contract/link.ts';
import { ledgerAt } from '../../core/aex/find.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { serveUntilStopped } from '../../serve/main.ts';
import { wholeNumber, type Call } from '../command.ts';
import { EXIT } from '../output.ts';

/** The port of `serve` when none is named; taken is an error that says so. */
const USUAL_PORT = '4715';

const script = (path: string): URL => new URL(`../../../scripts/${path}`, import.meta.url);

/** The folder, the ledger, or the link to a call, that the words name; `--repo` alone names a folder too. */
function folderOf(call: Call): Result<string> {
  const word = call.words[0];
  if (word !== undefined && looksLikeLink(word)) return linkOf(word);
  const folder = resolve(call.start, call.words[0] ?? '.');
  const stat = statSync(folder, { throwIfNoEntry: false });
  if (stat?.isDirectory() === true) return ok(folder);
  if (stat !== undefined) {
    if (ledgerAt(folder).ok) return ok(folder);
    return fail(
      'bad-request',
      `${folder} is a file that is no ledger.`,
      'Name a folder, or the database of a ledger.',
    );
  }
  return fail('not-found', `${folder} does not exist.`, 'Name a folder that exists.');
}

/** A link as it stands, once it is one and its folder is there. */
function linkOf(word: string): Result<string> {
  const link = parseLink(word);
  if (link === null) {
    return fail(
      'bad-request',
      'This is not a whole link to a call.',
      'A link has the folder, a # and 64 digits; copy it again in the window, and put it in quotes.',
    );
  }
  if (statSync(link.path, { throwIfNoEntry: false })?.isDirectory() === true) return ok(word.trim());
  return fail(
    'not-found',
    `${link.path} does not exist.`,
    'The link is from another machine or an older place.',
  );
}

function portOf(call: Call): Result<number> {
  const { port } = call.options;
  const number = wholeNumber(typeof port === 'string' ? port : USUAL_PORT, '--port');
  if (!number.ok || (number.value >= 0 && number.value <= 65_535)) return number;
  return fail('bad-request', `There is no port ${number.value}.`, 'Ports go from 1 to 65535; 0 picks one.');
}

/** Builds the window where it is not built yet, or its source changed since; says so on standard error. */
async function buildWindow(): Promise<Result<null>> {
  const built = (await import(script('lib/build.mjs').href)) as {
    ensureBuilt: (kind: 'renderer') => Promise<boolean>;
  };
  if (await built.ensureBuilt('renderer')) return ok(null);
  return fail('io', 'The window could not be built.', 'What the build said stands above.');
}

/** Serves until it is told to stop. The address is the one line, or value, on standard output. */
export async function runServe(call: Call): Promise<number> {
  const { out } = call;
  const port = portOf(call);
  if (!port.ok) return out.failure(port.error);
  const folder = folderOf(call);
  if (!folder.ok) return out.failure(folder.error);
  const built = await buildWindow();
  if (!built.ok) return out.failure(built.error);
  let printed = false;
  const served = await serveUntilStopped({
    folders: [folder.value],
    port: port.value,
    print: (address) => {
      printed = true;
      out.answer({ address }, () => [address]);
    },
  });
  if (served.ok) return EXIT.fine;
  if (!printed) return out.failure(served.error);
  // The one value is out already, so why it ended goes to standard error.
  out.note(`error: ${served.error.message}\n${served.error.hint}`);
  return EXIT.bad;
}

/** Opens the window as `npm start` does, and ends with it. With --json, what that prints goes to standard error. */
export async function runOpen(call: Call): Promise<number> {
  const { out } = call;
  const folder = folderOf(call);
  if (!folder.ok) return out.failure(folder.error);
  const child = spawn(process.execPath, [fileURLToPath(script('start.mjs')), folder.value], {
    stdio: ['inherit', out.json ? 2 : 'inherit', 'inherit'],
  });
  const stop = (signal: NodeJS.Signals) => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  const code = await new Promise<number | null>((settle) => {
    child.on('error', () => settle(null));
    child.on('exit', settle);
  });
  if (code !== 0) {
    const words = code === null ? 'The window was ended.' : `The window ended with code ${code}.`;
    return out.failure(fail('io', words, 'What it said stands above.').error);
  }
  if (out.json) out.answer({ opened: folder.value }, () => []);
  return EXIT.fine;
}
