import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onPath } from './lib/find-browser.mjs';
import { inProject, tell } from './lib/project.mjs';
import { run } from './lib/run.mjs';

/**
 * Installs the Python tools that the interop tests compare with, in an environment of their own in `.cache/peers`.
 * Exit code 0: all there; 1: the registry answers and one is missing all the same; 3: the registry does not answer.
 */
const peers = [
  { name: 'vek', wanted: 'vek' },
  { name: 'aex', wanted: 'aex==2.0.0' },
  { name: 'atomic-agents-stack', wanted: 'atomic-agents-stack' },
];

const folder = process.env['VEKSCOPE_PEERS'] ?? inProject('.cache', 'peers');
const python =
  process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
const pip = (args) =>
  run(python, ['-m', 'pip', '--disable-pip-version-check', ...args], { quiet: true, timeoutMs: 300_000 });

async function versionOf(name) {
  const ask = 'import importlib.metadata, sys; print(importlib.metadata.version(sys.argv[1]))';
  const { code, output } = await run(python, ['-c', ask, name], { quiet: true });
  return code === 0 ? output.trim() : null;
}

async function registryAnswers() {
  const scratch = mkdtempSync(join(tmpdir(), 'vekscope-peers-'));
  const { code } = await pip([
    'download',
    '--no-deps',
    '--retries',
    '0',
    '--timeout',
    '10',
    '-d',
    scratch,
    'pip',
  ]);
  rmSync(scratch, { recursive: true, force: true });
  return code === 0;
}

async function makeEnvironment() {
  if (existsSync(python)) return true;
  const base = ['python3', 'python'].map(onPath).find((file) => file !== null);
  if (base === undefined) {
    tell('There is no Python 3 on the PATH.');
    return false;
  }
  const { code, output } = await run(base, ['-m', 'venv', folder], { quiet: true });
  if (code !== 0) tell(`python -m venv failed: ${output.trim()}`);
  return code === 0;
}

async function main() {
  if (!(await makeEnvironment())) return 1;
  const missing = [];
  for (const { name, wanted } of peers) {
    const there = await versionOf(name);
    if (there !== null) {
      tell(`${name} ${there} is installed.`);
      continue;
    }
    const { code, output } = await pip(['install', '--retries', '1', '--timeout', '15', wanted]);
    const got = code === 0 ? await versionOf(name) : null;
    if (got !== null) tell(`${name} ${got}: installed now.`);
    else {
      missing.push(name);
      tell(`${name} could not be installed: ${output.trim().split('\n').at(-1)}`);
    }
  }
  if (missing.length === 0) return 0;
  const answers = await registryAnswers();
  // an environment without vek would make the interop tests fail where they are to be skipped
  if (missing.includes('vek') && process.env['VEKSCOPE_PEERS'] === undefined)
    rmSync(folder, { recursive: true });
  if (answers) return 1;
  tell("Python's package registry does not answer.");
  return 3;
}

process.exitCode = await main();
