import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Plain } from '../../core/json/build.ts';
import { mergeFileLines } from '../../core/merge/file-lines.ts';
import type { FileConflict } from '../../core/merge/file-report.ts';
import { mergeFiles, type FileMerge, type FileProblem } from '../../core/merge/file.ts';
import type { Pane, Sides } from '../../core/merge/merged.ts';
import type { Side, Value } from '../../core/merge/unit.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { systemFailure } from '../../core/storage/failures.ts';
import { limits } from '../../core/storage/limits.ts';
import { replaceFile } from '../../core/storage/replace.ts';
import type { Call } from '../command.ts';
import { exact, EXIT, printBytes, safe, safeJson, safeLine } from '../output.ts';
import { conflictLines, summaryLine } from './merge3-words.ts';

/** What the command line asked for. Paths are as they were given. */
type Asked = {
  readonly paths: Sides<string>;
  readonly out: string | null;
  readonly markers: boolean;
  /** what a person calls the merged file; git's own name for it, where git asks */
  readonly name: string;
};

/**
 * Merges JSON files. Exit code 1 while conflicts are left: then nothing is written, or with `--markers` what a person
 * can resolve by hand. Files that are no JSON are merged by line then, as git would do itself.
 */
export async function runMerge3(call: Call): Promise<number> {
  const asked = askedOf(call);
  const files = readFiles(asked);
  if (!files.ok) return call.out.failure(files.error);
  const merged = mergeFiles(files.value);
  if (!merged.ok) {
    const error = problemOf(asked, merged.problem);
    return asked.markers && !call.out.json
      ? mergeByLine(call, asked, files.value, error)
      : call.out.failure(error);
  }
  return answer(call, asked, merged.merge);
}

function askedOf({ words, options }: Call): Asked {
  const [base, ours, theirs] = words as readonly [string, string, string];
  const text = (name: string): string | null => {
    const value = options[name];
    return typeof value === 'string' ? value : null;
  };
  const name = text('path') ?? text('out') ?? ours;
  return { paths: { base, ours, theirs }, out: text('out'), markers: options['markers'] === true, name };
}

function readFiles({ paths }: Asked): Result<Sides<Uint8Array>> {
  const base = readInput(paths.base);
  if (!base.ok) return base;
  const ours = readInput(paths.ours);
  if (!ours.ok) return ours;
  const theirs = readInput(paths.theirs);
  if (!theirs.ok) return theirs;
  return ok({ base: base.value, ours: ours.value, theirs: theirs.value });
}

function readInput(path: string): Result<Uint8Array> {
  try {
    const stat = statSync(path);
    if (stat.isDirectory()) {
      return fail(
        'bad-request',
        `${path} is a folder.`,
        'Name a JSON file: vekscope merge3 BASE OURS THEIRS',
      );
    }
    const tooLarge = (size: number) =>
      fail(
        'too-large',
        `${path} has ${size} bytes, more than the ${limits.jsonBytes} that are merged at once.`,
        'Merge the files as text: git merge-file OURS BASE THEIRS',
      );
    if (stat.size > limits.jsonBytes) return tooLarge(stat.size);
    const bytes = readFileSync(path);
    return bytes.length > limits.jsonBytes ? tooLarge(bytes.length) : ok(bytes);
  } catch (error) {
    return systemFailure(error, path);
  }
}

function problemOf({ paths }: Asked, { side, kind, message }: FileProblem) {
  const hint = 'Mend that file, or merge the three as text: git merge-file OURS BASE THEIRS';
  return fail(kind, `${paths[side]} is no JSON that can be merged: ${message}.`, hint).error;
}

async function answer(call: Call, asked: Asked, merge: FileMerge): Promise<number> {
  const { report, bytes, value } = merge;
  const content = bytes ?? (asked.markers ? merge.marked(markerNames()) : null);
  const written = content === null ? ok(null) : write(asked, content);
  if (!written.ok) return call.out.failure(written.error);
  const lines = [
    ...conflictLines(report.conflicts, asked.name),
    ...(bytes === null ? [leftLine(asked)] : [summaryLine(report, asked.name)]),
  ];
  if (call.out.json) {
    const { taken, conflicts } = report;
    call.out.answer(
      {
        result: value === null ? null : exact(value),
        taken: { ours: taken.ours, theirs: taken.theirs, both: taken.both },
        conflicts: conflicts.map(plainConflict),
      },
      () => [],
    );
  } else if (asked.out !== null) {
    call.out.answer(null, () => lines);
  } else {
    if (content !== null) await print(content);
    if (bytes === null) for (const line of lines) call.out.note(line);
  }
  return bytes === null ? EXIT.problems : EXIT.fine;
}

function leftLine({ out, markers }: Asked): string {
  if (!markers) return 'Nothing was written.';
  return out === null
    ? 'The places are marked in the text.'
    : `The places are marked in ${safeLine(out)}, to be resolved by hand.`;
}

function plainConflict({ path, kind, sides, hunks }: FileConflict): Plain {
  const plain: Record<string, Plain> = { path, kind };
  Object.assign(plain, plainSides(sides));
  if (hunks !== null) plain['hunks'] = hunks.map(plainSides);
  return plain;
}

const panes: readonly Pane[] = ['base', 'ours', 'theirs'];

/** The three values; `absent` names those that are not there, as opposed to null. */
function plainSides(sides: Sides<Value>): Readonly<Record<string, Plain>> {
  const plain: Record<string, Plain> = {};
  for (const pane of panes) {
    const value = sides[pane];
    plain[pane] = value === undefined ? null : exact(value);
  }
  const absent = panes.filter((pane) => sides[pane] === undefined);
  return absent.length === 0 ? plain : { ...plain, absent };
}

/** Writes the merged file where it was asked for, in one step; a link is followed. */
function write({ out }: Asked, content: Uint8Array): Result<null> {
  if (out === null) return ok(null);
  const target = resolve(out);
  try {
    const stat = statSync(target, { throwIfNoEntry: false });
    if (stat !== undefined && !stat.isFile()) {
      return fail('bad-request', `${out} is no file that can be replaced.`, 'Name a file with --out.');
    }
    if (stat === undefined && statSync(dirname(target), { throwIfNoEntry: false }) === undefined) {
      return fail('not-found', `${dirname(out)} does not exist.`, 'Name a file in a folder that exists.');
    }
    replaceFile(stat === undefined ? target : realpathSync(target), content);
    return ok(null);
  } catch (error) {
    return systemFailure(error, out);
  }
}

/** Into a file or a pipe it is the very bytes; on a terminal nothing acts on it. */
function print(content: Uint8Array): Promise<void> {
  if (process.stdout.isTTY !== true) return printBytes(content);
  return printBytes(Buffer.from(safeJson(safe(new TextDecoder().decode(content)))));
}

/** What stands on the markers. Git tells its programs which branch it merges, but not when it picks or rebases. */
function markerNames(): Record<Side, string> {
  const heads = Object.entries(process.env).filter(([name]) => /^GITHEAD_[0-9a-f]{40,64}$/.test(name));
  const name = heads.length === 1 ? (heads[0]?.[1] ?? '') : '';
  return { ours: 'ours', theirs: /^\S+$/.test(name) ? name : 'theirs' };
}

type Problem = ReturnType<typeof problemOf>;

/** What git would do without this program, for a file that it takes for JSON by its name. */
async function mergeByLine(
  call: Call,
  asked: Asked,
  files: Sides<Uint8Array>,
  problem: Problem,
): Promise<number> {
  const merged = mergeFileLines(files, markerNames());
  if (merged === null) return call.out.failure(problem);
  const written = write(asked, merged.bytes);
  if (!written.ok) return call.out.failure(written.error);
  call.out.note(`${problem.message} It was merged by line.`);
  const count = merged.conflicts;
  if (asked.out === null) await print(merged.bytes);
  return count === 0 ? EXIT.fine : EXIT.problems;
}
