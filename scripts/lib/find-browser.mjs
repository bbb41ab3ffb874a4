import { existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

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

/** A Chromium of any make: `VEKSCOPE_CHROMIUM`, then the PATH, then the platform's usual places; null without one. */
export function findChromium() {
  const own = process.env['VEKSCOPE_CHROMIUM'];
  if (own !== undefined && own !== '') return isFile(own) ? own : null;
  for (const name of names) {
    const file = onPath(name);
    if (file !== null) return file;
  }
  return (usual[process.platform] ?? []).find(isFile) ?? null;
}

/** Chromium's sandbox does not start for the superuser. */
export const rootSwitches = () => (process.getuid?.() === 0 ? ['--no-sandbox'] : []);

/** True when a window can appear at all. */
export const hasScreen = () =>
  process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);

/** How tests, pictures and measurements start the browser: the one that was found, and quiet. */
export function browserLaunch() {
  const executablePath = findChromium();
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
    ],
  };
}
