import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { ensureElectron } from './lib/electron.mjs';
import { findChromium, hasScreen, onPath, rootSwitches } from './lib/find-browser.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { cacheFolder, inProject, pinnedNode, root, tell } from './lib/project.mjs';
import { readStartOptions, usage } from './lib/start-options.mjs';

/** A program that ends sooner than this did not show a window of its own. */
const STARTED_MS = 3_000;

const children = new Set();
let stopping = false;

function start(command, args, stdio) {
  const env = { NODE_COMPILE_CACHE: inProject('node_modules', '.cache', 'compile'), ...process.env };
  const child = spawn(command, args, { cwd: root, stdio, env });
  children.add(child);
  child.on('close', () => children.delete(child));
  return child;
}

function endOf(child) {
  return new Promise((settle) => {
    child.on('error', () => settle(127));
    child.on('close', (code) => settle(code ?? 0));
  });
}

function stop() {
  if (stopping) return;
  stopping = true;
  for (const child of children) child.kill('SIGTERM');
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);

// npm passes a signal on to its shell only; that we lost our parent is then all there is to see
const parent = process.ppid;
if (process.env['npm_lifecycle_event'] !== undefined) {
  setInterval(() => process.ppid !== parent && stop(), 500).unref();
}

/** Runs the desktop window. False when it ended at once with an error, so that another way can be tried. */
async function inElectron(program, folder) {
  if (!(await ensureBuilt('all'))) return { code: 1 };
  const begun = Date.now();
  const child = start(
    program,
    [...rootSwitches(), root, folder ?? '--sample'],
    ['ignore', 'inherit', 'inherit'],
  );
  const code = await endOf(child);
  if (stopping || code === 0) return { code: 0 };
  return Date.now() - begun < STARTED_MS ? null : { code };
}

async function inBrowser({ folder, port, open }) {
  if (!(await ensureBuilt('renderer'))) return 1;
  const args = [
    inProject('src', 'serve', 'run.ts'),
    '--port',
    String(port),
    ...(folder === null ? [] : [folder]),
  ];
  const server = start(pinnedNode(), args, ['pipe', 'pipe', 'inherit']);
  createInterface({ input: server.stdout }).once('line', (address) => {
    process.stdout.write(`${address}\n`);
    if (open) void show(address);
  });
  const code = await endOf(server);
  stop();
  return code;
}

/** Opens the address as a window of its own where a Chromium is found, else in the default browser. */
async function show(address) {
  if (!hasScreen()) {
    tell('There is no screen here; open the address in a browser.');
    return;
  }
  const chromium = findChromium();
  if (chromium === null) {
    await showInDefaultBrowser(address);
    return;
  }
  const profile = join(cacheFolder, 'window-profile');
  const switches = [
    `--app=${address}`,
    `--user-data-dir=${profile}`,
    '--no-first-run',
    '--no-default-browser-check',
  ];
  const begun = Date.now();
  const child = start(chromium, [...switches, ...rootSwitches()], 'ignore');
  const code = await endOf(child);
  if (stopping) return;
  // a Chromium that hands its window to one that runs already ends at once
  if (Date.now() - begun >= STARTED_MS) stop();
  else if (code !== 0) await showInDefaultBrowser(address);
}

async function showInDefaultBrowser(address) {
  const [command, ...args] = {
    darwin: ['open', address],
    win32: ['rundll32', 'url.dll,FileProtocolHandler', address],
  }[process.platform] ?? ['xdg-open', address];
  if (process.platform === 'linux' && onPath('xdg-open') === null) {
    tell('No browser was found; open the address in one.');
    return;
  }
  const code = await endOf(start(command, args, 'ignore'));
  if (code !== 0 && !stopping) tell('The browser did not start; open the address in one.');
}

async function main() {
  const read = readStartOptions(process.argv.slice(2), process.env, process.env['INIT_CWD'] ?? process.cwd());
  if (read.error !== undefined) {
    tell(`${read.error}\n\n${usage}`);
    return 2;
  }
  const { options } = read;
  if (options.help) {
    process.stdout.write(usage);
    return 0;
  }
  if (!(await ensureInstalled())) return 1;
  if (!options.browser && options.open) {
    const program = await ensureElectron({ force: options.electron });
    const ended = program === null || !hasScreen() ? null : await inElectron(program, options.folder);
    if (ended !== null) return ended.code;
    tell(
      program === null
        ? "Electron's runtime can't be had here, so the window opens in the browser."
        : "Electron's window can't be shown here, so the window opens in the browser.",
    );
  }
  return stopping ? 0 : inBrowser(options);
}

process.exitCode = await main();
