import { existsSync, readFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { readNote, writeNote } from './fingerprint.mjs';
import { cacheFolder, pinnedNode, tell, tool } from './project.mjs';
import { run } from './run.mjs';

const folder = tool('electron');
const note = join(cacheFolder, 'electron-not-available');
const DAY_MS = 24 * 60 * 60 * 1000;
const PROBE_MS = 4_000;
const DOWNLOAD_MS = 10 * 60 * 1000;

/** Electron's program file, or null when its runtime is not installed. */
export function findElectron() {
  const name = readNote(join(folder, 'path.txt'));
  if (name === null) return null;
  const file = join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist'), name.trim());
  return existsSync(file) ? file : null;
}

function downloadAddress() {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const mirror =
    process.env['ELECTRON_MIRROR'] ??
    process.env['npm_config_electron_mirror'] ??
    'https://github.com/electron/electron/releases/download/';
  const file = `electron-v${version}-${process.platform}-${process.arch}.zip`;
  return `${mirror.replace(/\/?$/, '/')}v${version}/${file}`;
}

/** Asks for the headers of an address; the answer is its status and where it leads on, null without an answer. */
function head(address, timeoutMs) {
  return new Promise((settle) => {
    let asked;
    try {
      asked = request(address, { method: 'HEAD', signal: AbortSignal.timeout(Math.max(timeoutMs, 1)) });
    } catch {
      settle(null);
      return;
    }
    asked.on('response', (response) => {
      response.resume();
      settle({ status: response.statusCode ?? 0, next: response.headers.location ?? null });
    });
    asked.on('error', () => settle(null));
    asked.end();
  });
}

/** Whether the runtime could be downloaded, found out in at most four seconds. A mirror may answer HEAD in its own way. */
async function canDownload() {
  const end = Date.now() + PROBE_MS;
  let address = downloadAddress();
  for (let hops = 0; hops < 4; hops += 1) {
    const answer = await head(address, end - Date.now());
    if (answer === null) return false;
    if (answer.status < 300 || answer.status >= 400 || answer.next === null)
      return answer.status < 500 && answer.status !== 404;
    address = new URL(answer.next, address).href;
  }
  return false;
}

/**
 * Electron's program file; gets the runtime when it is not there and its host answers. Null when it can't be had:
 * that is remembered for a day, so that only one start in a day waits for it, unless `force` asks to try now.
 */
export async function ensureElectron({ force = false } = {}) {
  const there = findElectron();
  if (there !== null) return there;
  const failedAt = Number(readNote(note) ?? 0);
  if (!force && Date.now() - failedAt < DAY_MS) return null;
  if (await canDownload()) {
    tell("Getting Electron's runtime; this happens once.");
    await run(pinnedNode(), [join(folder, 'install.js')], { timeoutMs: DOWNLOAD_MS });
    const got = findElectron();
    if (got !== null) return got;
  }
  writeNote(note, String(Date.now()));
  return null;
}
