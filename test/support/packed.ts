import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './peers.ts';

/** How Electron marks the place of its fuses in the program. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** As many as Electron has; all of them are on. */
const FUSES = 9;

/**
 * Makes a folder that looks to electron-builder like Electron's runtime: the files that it takes over, removes or
 * changes. Nothing in it can run.
 */
export function standInRuntime(folder: string, program = 'electron'): string {
  mkdirSync(join(folder, 'resources'), { recursive: true });
  mkdirSync(join(folder, 'locales'));
  writeFileSync(
    join(folder, program),
    `program ${SENTINEL}\u0001${String.fromCharCode(FUSES)}${'1'.repeat(FUSES)} end`,
  );
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'version', 'chrome-sandbox']) {
    writeFileSync(join(folder, name), name);
  }
  for (const language of ['en-US', 'de']) writeFileSync(join(folder, 'locales', `${language}.pak`), language);
  return folder;
}

/** What electron-builder can only write into a real Windows program. */
const WITHOUT_A_REAL_EXE = [
  '-c.win.signAndEditExecutable=false',
  '-c.disableAsarIntegrity=true',
  '-c.electronFuses.enableEmbeddedAsarIntegrityValidation=false',
];

/** Packs the built program into `output` with this runtime, as `electron-builder --dir` does. */
export function packInto(output: string, runtime: string, platform: 'linux' | 'win', arch: string): void {
  const made = spawnSync(
    process.execPath,
    [
      join(projectRoot, 'node_modules', 'electron-builder', 'cli.js'),
      `--${platform}`,
      'dir',
      `--${arch}`,
      '--publish',
      'never',
      `-c.electronDist=${runtime}`,
      `-c.directories.output=${output}`,
      ...(platform === 'win' ? WITHOUT_A_REAL_EXE : []),
    ],
    { cwd: projectRoot, encoding: 'utf8' },
  );
  if (made.status !== 0)
    throw new Error(`It ended with ${made.status ?? made.signal}. ${made.stdout} ${made.stderr}`);
}

/** Only needed to compile the addon, whose prebuilds are shipped. */
const FOR_COMPILING = 'node-addon-api';

type Locked = { readonly dev?: boolean; readonly optional?: boolean };

/** The packages that are needed at run time, by package-lock.json. */
export function runtimePackages(): readonly string[] {
  const lock = JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, Locked>>;
  };
  return Object.entries(lock.packages)
    .filter(([path, { dev, optional }]) => path !== '' && dev !== true && optional !== true)
    .map(([path]) => path.replace('node_modules/', ''))
    .filter((name) => name !== FOR_COMPILING)
    .sort();
}
