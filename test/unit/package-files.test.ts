import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeIcns, makeIco, pngSize } from '../../scripts/lib/icon-files.mjs';
import { projectRoot } from '../support/peers.ts';

const resource = (...path: string[]) => readFileSync(join(projectRoot, 'resources', ...path));
const config = readFileSync(join(projectRoot, 'electron-builder.yml'), 'utf8');
const own = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
};

describe('the icons', () => {
  it('of Linux are square and as large as their names say', () => {
    const names = readdirSync(join(projectRoot, 'resources', 'icons'));
    expect(names).toHaveLength(8);
    for (const name of names) {
      const { width, height } = pngSize(resource('icons', name));
      expect(`${width}x${height}.png`).toBe(name);
    }
    expect(pngSize(resource('icon.png'))).toEqual({ width: 512, height: 512 });
  });

  it('of Windows hold every size up to 256, each where the directory says', () => {
    const ico = resource('icon.ico');
    expect([ico.readUInt16LE(0), ico.readUInt16LE(2)]).toEqual([0, 1]);
    const images = Array.from({ length: ico.readUInt16LE(4) }, (_, index) => {
      const entry = 6 + 16 * index;
      const at = ico.readUInt32LE(entry + 12);
      const png = ico.subarray(at, at + ico.readUInt32LE(entry + 8));
      expect(ico.readUInt8(entry)).toBe(pngSize(png).width % 256);
      return png;
    });
    expect(images.map((png) => pngSize(png).width)).toEqual([16, 24, 32, 48, 64, 128, 256]);
    expect(makeIco(images).equals(ico)).toBe(true);
  });

  it('of macOS hold every type with the pixels that it stands for', () => {
    const icns = resource('icon.icns');
    expect([icns.toString('latin1', 0, 4), icns.readUInt32BE(4)]).toEqual(['icns', icns.length]);
    const found: Record<string, number> = {};
    for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
      found[icns.toString('latin1', at, at + 4)] = pngSize(icns.subarray(at + 8)).width;
    }
    expect(found).toEqual({
      icp4: 16,
      icp5: 32,
      ic11: 32,
      ic12: 64,
      ic07: 128,
      ic08: 256,
      ic13: 256,
      ic09: 512,
      ic14: 512,
      ic10: 1024,
    });
    expect(() => makeIcns([Buffer.from('no picture, but long enough')])).toThrow('not a PNG');
  });
});

describe('the packages', () => {
  it('never update themselves: no updater is in them, and nowhere to ask', () => {
    expect(config).toMatch(/^publish: null$/m);
    expect(Object.keys({ ...own.dependencies, ...own.devDependencies })).not.toContain('electron-updater');
  });

  it('for macOS are hardened with leave for nothing but compiling at run time, and sent to be notarised', () => {
    for (const line of ['hardenedRuntime: true', 'gatekeeperAssess: false', 'notarize: true']) {
      expect(config).toContain(`  ${line}\n`);
    }
    for (const name of ['entitlements', 'entitlementsInherit']) {
      expect(config).toContain(`  ${name}: resources/entitlements.mac.plist\n`);
    }
    const keys = [
      ...resource('entitlements.mac.plist')
        .toString()
        .matchAll(/<key>(.+?)<\/key>\s*<(\w+)\/>/g),
    ];
    expect(keys.map(([, key, value]) => [key, value])).toEqual([['com.apple.security.cs.allow-jit', 'true']]);
  });

  it('ask Windows for no more rights than the person has', () => {
    expect(config).toContain('  requestedExecutionLevel: asInvoker\n');
    expect(config).toContain('  perMachine: false\n');
  });

  it('open links of the one scheme that the window reads, and take no folders over', () => {
    expect(config).toMatch(/schemes:\n\s+- vekscope\n/);
    expect(config).not.toContain('inode/directory');
    expect(config).toContain('LSHandlerRank: None');
  });
});
