import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { parseJson } from '../../src/core/json/parse.ts';
import { stringifyJson } from '../../src/core/json/pretty.ts';
import type { JsonNode } from '../../src/core/json/tree.ts';
import { projectRoot } from './peers.ts';

/** What a command did. `code` is null when a signal ended it. */
export type Ran = { readonly code: number | null; readonly out: string; readonly err: string };

export type RunOptions = {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** the program that runs the command; the pinned Node unless told */
  readonly node?: string;
  /** the command's file; the project's own unless told */
  readonly bin?: string;
};

export const command = join(projectRoot, 'bin', 'vekscope');
export const pinnedNode = join(projectRoot, 'node_modules', 'node', 'bin', 'node');
const scratch = mkdtempSync(join(tmpdir(), 'vekscope-cli-'));

/** A Node of the system that is too old for the source; null where there is none. */
export async function oldNode(): Promise<string | null> {
  for (const node of ['/usr/local/bin/node', '/usr/bin/node']) {
    if (!existsSync(node)) continue;
    const version = await ended(spawn(node, ['-p', 'process.versions.node']));
    if (version.code === 0 && Number.parseInt(version.out, 10) < 24) return node;
  }
  return null;
}

/** Starts the real command in a process of its own. */
export function startCommand(args: readonly string[], options: RunOptions = {}): ChildProcess {
  const env = {
    ...process.env,
    VEKSCOPE_DATA: join(scratch, 'data'),
    NODE_COMPILE_CACHE: join(scratch, 'compiled'),
    ...options.env,
  };
  return spawn(options.node ?? pinnedNode, [options.bin ?? command, ...args], {
    cwd: options.cwd ?? scratch,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs the real command in a process of its own, to its end. */
export function runCommand(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return ended(startCommand(args, options));
}

function ended(child: ChildProcess): Promise<Ran> {
  return new Promise((settle, reject) => {
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout?.on('data', (data: Buffer) => out.push(data));
    child.stderr?.on('data', (data: Buffer) => err.push(data));
    child.on('error', reject);
    child.on('close', (code) =>
      settle({ code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }),
    );
  });
}

/** Runs a command line in this process: the same code without the start of a process. One at a time. */
export async function runHere(...args: string[]): Promise<Ran> {
  const out = capture(process.stdout);
  const err = capture(process.stderr);
  try {
    const code = await main(args);
    return { code, out: out.text(), err: err.text() };
  } finally {
    out.end();
    err.end();
  }
}

function capture(stream: NodeJS.WriteStream): { text: () => string; end: () => void } {
  const chunks: Buffer[] = [];
  const spy = vi.spyOn(stream, 'write').mockImplementation(((
    chunk: string | Uint8Array,
    ...rest: unknown[]
  ) => {
    chunks.push(Buffer.from(chunk as Uint8Array));
    const done = rest.at(-1);
    if (typeof done === 'function') (done as () => void)();
    return true;
  }) as typeof stream.write);
  return { text: () => Buffer.concat(chunks).toString(), end: () => spy.mockRestore() };
}

/** The one JSON value that a command printed; throws where there is another number of them. */
export function jsonOut({ out }: Ran): JsonNode {
  const parsed = parseJson(out);
  if (!parsed.ok) throw new Error(`${parsed.error.message}: ${out}`);
  return parsed.node;
}

/** The one JSON value as text: numbers, keys and order as printed. */
export function jsonOutText(ran: Ran): string {
  return stringifyJson(jsonOut(ran));
}

/** The error of a command that was not done; throws where its form is another. */
export function errorOf(ran: Ran): { kind: string; message: string; hint: string } {
  const value = JSON.parse(ran.out) as { error: { kind: string; message: string; hint: string } };
  if (Object.keys(value).join() !== 'error' || Object.keys(value.error).join() !== 'kind,message,hint') {
    throw new Error(`not an error: ${ran.out}`);
  }
  return value.error;
}
