import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { copyBySystem } from './copy-by-system.ts';

const folder = mkdtempSync(join(tmpdir(), 'vekscope-copier-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each(['linux', 'win32'] as const)('copies bytes for this user only, in the way of %s', (platform) => {
  const from = join(folder, `-odd name ${platform}`);
  const to = join(folder, `copy ${platform}`);
  writeFileSync(from, Buffer.from([0, 1, 255]));
  chmodSync(from, 0o444);
  copyBySystem([{ from, to }], platform);
  expect([...readFileSync(to)]).toEqual([0, 1, 255]);
  if (process.platform !== 'win32') expect(statSync(to).mode & 0o777).toBe(0o600);
});

it('leaves out a source that is gone and throws for one that can not be written', () => {
  const to = join(folder, 'none');
  copyBySystem([{ from: join(folder, 'gone'), to }]);
  expect(existsSync(to)).toBe(false);
  const from = join(folder, 'there');
  writeFileSync(from, 'x');
  expect(() => copyBySystem([{ from, to: join(folder, 'no', 'such', 'folder') }])).toThrow();
});
