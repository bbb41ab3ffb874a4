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
    saveAs: null,
    handOver: expect.any(Function),
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

it('the desktop puts a file where it was wanted, a browser downloads it', async () => {
  const kept: string[][] = [];
  const desktop = await start({
    saveAs: async (name: string) => `place of ${name}`,
    keepExport: async (...words: string[]) => {
      kept.push(words);
      return { ok: true, value: '/home/proof.json' };
    },
  });
  const place = (await desktop.capabilities.saveAs?.('proof.json')) ?? null;
  const file = { id: 'abc', name: 'proof.json', place };
  expect(await desktop.capabilities.handOver(file)).toEqual({ ok: true, value: '/home/proof.json' });
  expect(kept).toEqual([['place of proof.json', 'abc']]);
  vi.resetModules();
  vi.unstubAllGlobals();
  const browser = await start();
  const followed: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(this: HTMLAnchorElement) {
    followed.push(`${this.getAttribute('href')} ${this.download}`);
  });
  const own = { id: 'abc', name: 'my proof.json', place: null };
  expect(await browser.capabilities.handOver(own)).toEqual({ ok: true, value: null });
  expect(followed).toEqual(['/export/abc?name=my%20proof.json my proof.json']);
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
