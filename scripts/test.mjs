import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { runChecks } from './lib/checks.mjs';
import { readNote } from './lib/fingerprint.mjs';
import { ensureBrowser } from './lib/get-browser.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { tallyOfPlaywright } from './lib/playwright-tally.mjs';
import { inProject, pinnedNode, tell, tool } from './lib/project.mjs';
import { run } from './lib/run.mjs';

const folder = mkdtempSync(join(tmpdir(), 'vekscope-test-'));
const total = { passed: 0, failed: [], skipped: [], repeated: [] };

function add({ passed, failed, skipped, repeated = [] }) {
  total.passed += passed;
  total.failed.push(...failed);
  total.skipped.push(...skipped);
  total.repeated.push(...repeated);
}

function readTally(file) {
  const text = readNote(file);
  return text === null ? null : JSON.parse(text);
}

const step = (name) => tell(`\n== ${name}`);

async function checks() {
  step('checks');
  const { passed, failed } = await runChecks();
  add({ passed: passed.length, failed, skipped: [] });
}

async function build() {
  step('build');
  const built = await ensureBuilt('all', { force: true });
  add({ passed: built ? 1 : 0, failed: built ? [] : ['build'], skipped: [] });
  return built;
}

/** A test that is skipped as part of its group has no note of its own. */
function usualReason(project) {
  const peers = process.env['VEKSCOPE_PEERS'] ?? inProject('.cache', 'peers');
  if (project === 'interop' && !existsSync(peers))
    return 'the Python tools are not installed (npm run peers)';
  return `not for this platform (${process.platform})`;
}

async function vitest(project) {
  step(`${project} tests`);
  const file = join(folder, `${project}.json`);
  const reporters = ['--reporter=default', `--reporter=${inProject('scripts', 'lib', 'vitest-tally.mjs')}`];
  const { code } = await run(
    pinnedNode(),
    [tool('vitest/vitest.mjs'), 'run', '--project', project, ...reporters],
    {
      env: { VEKSCOPE_TALLY: file },
    },
  );
  const tally = readTally(file) ?? { passed: 0, failed: [], skipped: [] };
  for (const test of tally.skipped) test.reason ??= usualReason(project);
  if (code !== 0 && tally.failed.length === 0)
    tally.failed.push(`${project} tests: vitest ended with code ${code}`);
  add(tally);
}

/**
 * One test of hundreds may meet a machine that is busy elsewhere: it is run again, and named at the end. Recording
 * every test would take a fifth of the time, so only the second try is recorded.
 */
const SECOND_TRY = ['--retries=1', '--trace=on-first-retry'];

async function endToEnd() {
  step('tests of the window');
  const browser = await ensureBrowser();
  if (browser === null) {
    tell('No Chromium is here and none could be installed. Install one, or name it in VEKSCOPE_CHROMIUM.');
    add({ passed: 0, failed: ['tests of the window: no browser'], skipped: [] });
    return;
  }
  const file = join(folder, 'e2e.json');
  const { code } = await run(
    pinnedNode(),
    [tool('@playwright/test/cli.js'), 'test', '--reporter=list,json', ...SECOND_TRY],
    {
      env: { PLAYWRIGHT_JSON_OUTPUT_NAME: file, VEKSCOPE_CHROMIUM: browser },
    },
  );
  const report = readTally(file);
  const tally = report === null ? { passed: 0, failed: [], skipped: [] } : tallyOfPlaywright(report);
  if (code !== 0 && tally.failed.length === 0)
    tally.failed.push(`tests of the window: playwright ended with code ${code}`);
  add(tally);
}

if (await ensureInstalled()) {
  await checks();
  const built = await build();
  await vitest('unit');
  await vitest('interop');
  if (built) await endToEnd();
  else total.failed.push('tests of the window: there is no build');
} else {
  total.failed.push('installation');
}
rmSync(folder, { recursive: true, force: true });

if (total.skipped.length > 0) tell('\nSkipped:');
for (const { name, reason } of total.skipped) tell(`  ${name}: ${reason ?? 'no reason given'}`);
if (total.repeated.length > 0) tell('\nPassed only at the second try:');
for (const { name, reason } of total.repeated) tell(`  ${name}${reason === null ? '' : `: ${reason}`}`);
if (total.failed.length > 0) tell('\nFailed:');
for (const name of total.failed) tell(`  ${name}`);
process.stdout.write(
  `\n${total.passed} passed, ${total.failed.length} failed, ${total.skipped.length} skipped\n`,
);
process.exitCode = total.failed.length === 0 ? 0 : 1;
