// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

beforeEach(() => vi.resetModules());
afterEach(() => vi.unstubAllGlobals());

async function start(host?: object) {
  if (host !== undefined) vi.stubGlobal('vekscopeHost', host);
  const { capabilities } = await import('./capabilities.ts');
  const { useToasts } = await import('../state/toasts.ts');
  return { capabilities, said: () => useToasts.getState().toasts };
}

it('a browser can do none of it', async () => {
  const { capabilities } = await start();
  expect(capabilities).toEqual({
    platform: 'browser',
    openFolder: null,
    openFile: null,
    reveal: null,
    pathOfFile: null,
  });
});

it('the desktop asks for a folder and shows a path', async () => {
  const shown: string[] = [];
  const { capabilities, said } = await start({
    platform: 'linux',
    openFolder: async () => '/run',
    reveal: async (path: string) => void shown.push(path),
    pathOfFile: () => '/dropped',
  });
  expect(await capabilities.openFolder?.()).toBe('/run');
  await capabilities.reveal?.('/run/.vek');
  expect(shown).toEqual(['/run/.vek']);
  expect(said()).toEqual([]);
});

it('what the desktop refuses is said, and nothing is thrown', async () => {
  const { capabilities, said } = await start({
    platform: 'linux',
    openFolder: () => Promise.reject(new Error('no dialog')),
    reveal: () => Promise.reject(new Error('not there')),
  });
  expect(await capabilities.openFolder?.()).toBeNull();
  await capabilities.reveal?.('/gone');
  expect(said()).toMatchObject([
    { kind: 'error', detail: 'Error: no dialog' },
    { kind: 'error', title: '/gone was not shown in the file manager.', detail: 'Error: not there' },
  ]);
});
