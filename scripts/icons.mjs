import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { findChromium, rootSwitches } from './lib/find-browser.mjs';
import { makeIcns, makeIco } from './lib/icon-files.mjs';
import { inProject, tell } from './lib/project.mjs';

/**
 * Draws the icons of the packages from `resources/icon.svg` and `icon-small.svg`. They are kept in the repository, so this runs only when
 * the drawing changes.
 */
const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
/** Below this the margin of the drawing would cost too many pixels. */
const WITH_MARGIN_FROM = 64;

const svg = readFileSync(inProject('resources', 'icon.svg'), 'utf8');
/** the same without its ring, which few pixels can't show */
const small = readFileSync(inProject('resources', 'icon-small.svg'), 'utf8');
const browser = await chromium.launch({ executablePath: findChromium() ?? undefined, args: rootSwitches() });
const page = await browser.newPage();

async function draw(size) {
  const image =
    size < 32 ? small : size < WITH_MARGIN_FROM ? svg.replace('0 0 1024 1024', '76 76 872 872') : svg;
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<style>html,body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${image}`,
  );
  return page.screenshot({ omitBackground: true });
}

const drawn = new Map();
for (const size of SIZES) drawn.set(size, await draw(size));
await browser.close();

mkdirSync(inProject('resources', 'icons'), { recursive: true });
for (const [size, png] of drawn) {
  if (size <= 512) writeFileSync(inProject('resources', 'icons', `${size}x${size}.png`), png);
}
writeFileSync(inProject('resources', 'icon.png'), drawn.get(512));
writeFileSync(
  inProject('resources', 'icon.ico'),
  makeIco([16, 24, 32, 48, 64, 128, 256].map((size) => drawn.get(size))),
);
writeFileSync(inProject('resources', 'icon.icns'), makeIcns([...drawn.values()]));
tell('The icons are drawn.');
