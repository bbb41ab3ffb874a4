import { existsSync, statSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';

/** Chromium without a window or its bars, by Debian's name and by that of Chrome for Testing. */
const headless = ['chromium-headless-shell', 'chrome-headless-shell'];

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
  'microsoft-edge-stable',
  'brave-browser',
];

const usual = {
  darwin: ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'].flatMap((name) =>
    ['/Applications', join(process.env['HOME'] ?? '/', 'Applications')].map(
      (folder) => `${folder}/${name}.app/Contents/MacOS/${name}`,
    ),
  ),
  win32: ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap((variable) => {
    const folder = process.env[variable];
    if (folder === undefined) return [];
    return [
      'Google\\Chrome\\Application\\chrome.exe',
      'Microsoft\\Edge\\Application\\msedge.exe',
      'Chromium\\Application\\chrome.exe',
    ].map((path) => join(folder, path));
  }),
  linux: ['/opt/google/chrome/chrome', '/usr/lib/chromium/chromium', '/snap/bin/chromium'],
};

const isFile = (path) => existsSync(path) && statSync(path).isFile();

/** The file of a program on the PATH, or null. */
export function onPath(name) {
  const ending = process.platform === 'win32' ? '.exe' : '';
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name + ending)).find(isFile) ?? null;
}

/** What `VEKSCOPE_CHROMIUM` names, or null; undefined when it says nothing. */
function named() {
  const own = process.env['VEKSCOPE_CHROMIUM'];
  if (own === undefined || own === '') return undefined;
  return isFile(own) ? own : null;
}

const firstOnPath = (programs) => programs.map(onPath).find((file) => file !== null) ?? null;

/**
 * A Chromium of any make that can show a window: `VEKSCOPE_CHROMIUM`, then the PATH, then the platform's usual places;
 * null without one. A headless shell, which can't, is passed over even where it is named.
 */
export function findChromium() {
  const own = named();
  if (own !== undefined && !isHeadlessShell(own)) return own;
  return firstOnPath(names) ?? (usual[process.platform] ?? []).find(isFile) ?? null;
}

const isHeadlessShell = (file) => file !== null && /headless[-_]shell/.test(basename(file));

/**
 * A browser for tests, which look at no window: `VEKSCOPE_CHROMIUM`, then a headless shell, whose pages cost a third less
 * to open, then a Chromium of any make; null without one.
 */
export function findTestBrowser() {
  const own = named();
  return own === undefined ? (firstOnPath(headless) ?? findChromium()) : own;
}

/** Chromium's sandbox does not start for the superuser. */
export const rootSwitches = () => (process.getuid?.() === 0 ? ['--no-sandbox'] : []);

/** True when a window can appear at all. */
export const hasScreen = () =>
  process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);

/** How tests, pictures and measurements start a browser: quiet, and with letters where a screen would have them. */
export function browserLaunch(executablePath = findChromium()) {
  return {
    ...(executablePath === null ? {} : { executablePath }),
    args: [
      ...rootSwitches(),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--font-render-hinting=slight',
    ],
  };
}
