import {
  accessSync,
  closeSync,
  constants,
  lstatSync,
  openSync,
  readSync,
  readdirSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join, relative, sep, isAbsolute } from 'node:path';
import { compareCodePoints } from '../json/tree.ts';
import { ok, type Result } from '../result.ts';
import { systemFailure } from '../storage/failures.ts';
import { limits } from '../storage/limits.ts';
import type { AgentPlace, AgentsRoot } from './places.ts';

/** What tells an agent from a folder that only happens to hold a `model.md`. */
const EVIDENCE = ['persona', 'persona.link.md', 'memory', 'log', 'tools.md', 'governance.md', 'goal.md'];
/** A heading by which a `model.md` that stands alone is known (§2.3), looked for in its beginning. */
const MODEL_HEADING = /^## +(?:Default model|Fallback|Cost guardrails)\b/im;
const HEADING_BYTES = 16 * 1024;
/** Files and folders of a root that hold for all its agents (formats/atomic-agents.md §1). */
const SHARED = [
  'policy.md',
  'targets.md',
  'targets.override.md',
  'judges.md',
  'mandates.md',
  '.personas',
  '_console',
];

/**
 * The agents of a folder, or null where it is neither a root of agents nor an agent (formats/atomic-agents.md §1). Only
 * its direct children are looked at, by `stat`.
 */
export function agentsRootAt(dir: string): Result<AgentsRoot | null> {
  let path: string;
  let names: string[];
  try {
    path = realpathSync.native(dir);
    if (!statSync(path).isDirectory()) return ok(null);
    if (isAgent(path)) return ok(singleRoot(path));
    names = readdirSync(path);
  } catch (error) {
    return systemFailure(error, dir);
  }
  return ok(rootOf(path, names));
}

function singleRoot(path: string): AgentsRoot {
  const above = dirname(path);
  const shared = above !== path && SHARED.some((name) => readable(join(above, name))) ? above : null;
  const name = basename(path);
  return {
    path,
    single: name,
    shared,
    agents: [{ name, dir: path, logOnly: false }],
    cascades: [],
    leftOut: [],
    notes: shared === null ? [] : [`What holds for all agents is read from ${shared}.`],
  };
}

function rootOf(path: string, names: string[]): AgentsRoot | null {
  names.sort(compareCodePoints);
  const agents: AgentPlace[] = [];
  const cascades: string[] = [];
  const leftOut: { name: string; why: string }[] = [];
  let sure = false;
  for (const name of names.slice(0, limits.agentsLookedAt)) {
    if (name.startsWith('_') || name.startsWith('.')) continue;
    const found = childOf(path, name);
    if (found === null) continue;
    if ('why' in found) leftOut.push({ name, why: found.why });
    else if (found.kind === 'cascade') cascades.push(name);
    else {
      agents.push({ name, dir: found.dir, logOnly: found.kind === 'log' });
      sure ||= found.kind === 'log' || hasEvidence(found.dir);
    }
  }
  if (!sure) return null;
  const notes =
    names.length > limits.agentsLookedAt
      ? [
          `The folder has ${names.length} entries; only the first ${limits.agentsLookedAt} were looked at for agents.`,
        ]
      : [];
  return { path, single: null, shared: path, agents, cascades, leftOut, notes };
}

type Child = { readonly kind: 'agent' | 'log' | 'cascade'; readonly dir: string } | { readonly why: string };

function childOf(root: string, name: string): Child | null {
  const child = join(root, name);
  try {
    const link = lstatSync(child).isSymbolicLink();
    if (!statSync(child).isDirectory()) return null;
    const dir = link ? realpathSync.native(child) : child;
    const way = relative(root, dir);
    if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) {
      return looksLikeAgent(dir)
        ? { why: `It is a symbolic link that leads out of the folder, to ${dir}; the runtime skips it too.` }
        : null;
    }
    return kindOf(dir);
  } catch (error) {
    return brokenChild(child, error);
  }
}

function kindOf(dir: string): Child | null {
  const model = join(dir, 'model.md');
  const stat = statSync(model, { throwIfNoEntry: false });
  if (stat?.isFile() === true) {
    if (readable(model)) return { kind: 'agent', dir };
    return { why: 'Its model.md cannot be read, so the runtime does not list it.' };
  }
  if (isFolder(join(dir, 'roles')) && isFolder(join(dir, 'projects'))) return { kind: 'cascade', dir };
  if (hasLogs(dir)) return { kind: 'log', dir };
  if (stat === undefined && (isFolder(join(dir, 'persona')) || readable(join(dir, 'persona.link.md')))) {
    return { why: 'It has a persona but no model.md, so the runtime does not list it.' };
  }
  return null;
}

function brokenChild(child: string, error: unknown): Child | null {
  try {
    if (!lstatSync(child).isSymbolicLink()) throw error;
    return { why: 'It is a symbolic link that leads nowhere.' };
  } catch {
    return { why: 'It cannot be read.' };
  }
}

function isAgent(dir: string): boolean {
  return looksLikeAgent(dir) && hasEvidence(dir);
}

function looksLikeAgent(dir: string): boolean {
  const model = join(dir, 'model.md');
  return statSync(model, { throwIfNoEntry: false })?.isFile() === true && readable(model);
}

function hasEvidence(dir: string): boolean {
  return (
    EVIDENCE.some((name) => statSync(join(dir, name), { throwIfNoEntry: false }) !== undefined) ||
    MODEL_HEADING.test(beginningOf(join(dir, 'model.md')))
  );
}

function beginningOf(path: string): string {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(HEADING_BYTES);
    return bytes.toString('utf8', 0, readSync(file, bytes, 0, HEADING_BYTES, 0));
  } finally {
    closeSync(file);
  }
}

function hasLogs(dir: string): boolean {
  const log = join(dir, 'log');
  if (!isFolder(log)) return false;
  return readdirSync(log).some(
    (month) =>
      /^\d{4}-\d{2}$/.test(month) && readdirSync(join(log, month)).some((name) => name.endsWith('.jsonl')),
  );
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function readable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
