import type { WriteContext } from '../core/operations/context.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { dataDirPath } from '../core/storage/data-dir.ts';
import { findRepository, type RepositoryPaths } from '../core/vek/paths.ts';
import type { Output } from './output.ts';

/** What a verb gets: its words, its options, and how to answer. */
export type Call = {
  readonly words: readonly string[];
  /** an option that may stand several times gives a list */
  readonly options: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
  /** where to look for the repository */
  readonly start: string;
  readonly out: Output;
};

/** What `--help` says of a part of a verb. */
export type PartHelp = {
  readonly usage: string;
  readonly summary: string;
  readonly details: readonly string[];
};

export type Verb = {
  readonly usage: string;
  readonly summary: string;
  /** what `--help` says beside the summary, a line each */
  readonly details?: readonly string[];
  /** what `--help` behind one of its parts says instead; null: it has no such part */
  readonly part?: (name: string) => PartHelp | null;
  /** fewest and most words after the verb */
  readonly words: readonly [number, number];
  readonly options?: Readonly<
    Record<string, { readonly type: 'string' | 'boolean'; readonly short?: string; readonly multiple?: true }>
  >;
  /** returns the exit code */
  readonly run: (call: Call) => number | Promise<number>;
};

/** The repository of a call: from its start folder upwards, as the Python command finds it. */
export function repository(call: Call): Result<RepositoryPaths> {
  return findRepository(call.start);
}

/** What writes of the terminal need. The app folder is made by the first write, which says where it can't be. */
export function writeContext(): WriteContext {
  return { dataDir: dataDirPath() };
}

/** Reads a whole number; anything else is bad use. One too large for exact arithmetic becomes the largest. */
export function wholeNumber(text: string, name: string): Result<number> {
  if (/^[-+]?\d+$/.test(text)) {
    return ok(Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number(text), Number.MAX_SAFE_INTEGER)));
  }
  return fail('bad-request', `${name} takes a whole number, not “${text}”.`, `For example: ${name} 20`);
}
