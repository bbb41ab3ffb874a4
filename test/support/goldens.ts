import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from './peers.ts';

const folder = join(projectRoot, 'test', 'goldens', 'vek');

/** Names of all golden repositories. */
export function goldenCases(): string[] {
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, 'expected.json')));
}

/**
 * Copies a golden repository into a fresh temporary folder as `.vek` and returns that folder; of `agents/fleet` and the
 * like the folder of agents itself, of `aex/week` a folder with the database and its price list.
 */
export function copyGolden(name: string): string {
  if (name.startsWith('aex/')) return copyLedger(name.slice('aex/'.length));
  if (name.startsWith('agents/')) return copyAgents(name.slice('agents/'.length));
  const root = mkdtempSync(join(tmpdir(), `vekscope-${name}-`));
  cpSync(join(folder, name, 'dot-vek'), join(root, '.vek'), { recursive: true });
  return root;
}

/** Copies a sample of agent folders; its folder has a name that stays the same, since windows show it. */
function copyAgents(name: string): string {
  const root = join(mkdtempSync(join(tmpdir(), 'vekscope-agents-')), name);
  cpSync(join(projectRoot, 'test', 'goldens', 'agents', name), root, { recursive: true });
  return root;
}

/** The parts of a golden ledger that a person would have. */
function copyLedger(name: string): string {
  const root = mkdtempSync(join(tmpdir(), `vekscope-${name}-`));
  for (const part of ['aex.db', 'models.yaml']) {
    cpSync(join(projectRoot, 'test', 'goldens', 'aex', name, part), join(root, part));
  }
  return root;
}

/** What the real tool returned for a golden, as JavaScript reads it (numbers lose their text). */
export function expectedOf(name: string): Record<string, unknown> {
  return JSON.parse(expectedTextOf(name)) as Record<string, unknown>;
}

/** The text of `expected.json`, for text-exact comparison. */
export function expectedTextOf(name: string): string {
  return readFileSync(join(folder, name, 'expected.json'), 'utf8');
}
