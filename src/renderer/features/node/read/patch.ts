import { limits } from './limits.ts';

export type PatchLine = {
  readonly sign: '+' | '-' | ' ' | '\\';
  readonly text: string;
  readonly old: number | null;
  readonly new: number | null;
};
export type Hunk = { readonly head: string; readonly lines: readonly PatchLine[] };
export type PatchFile = {
  readonly name: string;
  /** the lines before the first hunk, as they stand */
  readonly head: readonly string[];
  readonly hunks: readonly Hunk[];
};
/** A patch line by line; nothing of its text is dropped. `before` stands above the first file. */
export type Patch = {
  readonly before: readonly string[];
  readonly files: readonly PatchFile[];
  readonly added: number;
  readonly removed: number;
};

type Building = {
  name: string;
  readonly head: string[];
  readonly hunks: { head: string; lines: PatchLine[]; old: number | null; new: number | null }[];
};

const UNIFIED = /^(?:diff --git |--- [^\n]*\n\+\+\+ |Index: )/m;
const HUNK = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/m;

/**
 * A unified diff (git or plain) or a patch in the form of `apply_patch`, else null. Models write wrong counts in
 * hunk heads, so a line is read by its sign, and the counts are not believed.
 */
export function readPatch(text: string): Patch | null {
  if (text.length > limits.patchChars) return null;
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/);
  const patch = /^\*\*\* Begin Patch[ \t]*$/m.test(text)
    ? readApplied(lines)
    : UNIFIED.test(text) && HUNK.test(text)
      ? readUnified(lines)
      : null;
  return patch === null || patch.added + patch.removed === 0 ? null : patch;
}

function readUnified(lines: readonly string[]): Patch {
  const before: string[] = [];
  const files: Building[] = [];
  let file: Building | null = null;
  let git = false;
  for (let i = 0; i < lines.length; i += 1) {
    const line = lines[i]!;
    const hunk = file?.hunks.at(-1);
    const named = line.startsWith('--- ') && (lines[i + 1] ?? '').startsWith('+++ ');
    if (line.startsWith('diff --git ') || line.startsWith('Index: ')) {
      git = true;
      file = begin(files, nameOfGit(line), line);
    } else if (named && HUNK.test(lines[i + 2] ?? '')) {
      if (file === null || !git || hunk !== undefined) file = begin(files, '', null);
      file.head.push(line, lines[i + 1]!);
      file.name = nameOf(lines[i + 1]!, line);
      i += 1;
    } else if (file === null) {
      before.push(line);
    } else if (line.startsWith('@@')) {
      const match = HUNK.exec(line);
      file.hunks.push({
        head: line,
        lines: [],
        old: match === null ? null : Number(match[1]),
        new: match === null ? null : Number(match[2]),
      });
    } else if (hunk === undefined) {
      file.head.push(line);
    } else {
      push(hunk, line);
    }
  }
  return counted(before, files);
}

/** `*** Begin Patch`, `*** Update File: name`, `@@ where`, lines with signs, `*** End Patch`. */
function readApplied(lines: readonly string[]): Patch {
  const before: string[] = [];
  const files: Building[] = [];
  let file: Building | null = null;
  for (const line of lines) {
    const named = /^\*\*\* (Add|Update|Delete) File: (.*)$/.exec(line);
    if (named !== null) {
      file = begin(files, named[2]!, line);
    } else if (file === null) {
      before.push(line);
    } else if (line.startsWith('*** ') && !line.startsWith('*** End of File')) {
      if (file.hunks.length === 0) file.head.push(line);
      else file.hunks.push({ head: line, lines: [], old: null, new: null });
    } else if (line.startsWith('@@')) {
      file.hunks.push({ head: line, lines: [], old: null, new: null });
    } else {
      if (file.hunks.length === 0) file.hunks.push({ head: '', lines: [], old: null, new: null });
      push(file.hunks.at(-1)!, line);
    }
  }
  return counted(before, files);
}

function begin(files: Building[], name: string, line: string | null): Building {
  const file: Building = { name, head: line === null ? [] : [line], hunks: [] };
  files.push(file);
  return file;
}

function push(hunk: Building['hunks'][number], line: string): void {
  const first = line.charAt(0);
  const sign = first === '+' || first === '-' || first === '\\' ? first : ' ';
  // an empty line within a hunk has often lost its one blank
  const text = first === '' || (sign === ' ' && first !== ' ') ? line : line.slice(1);
  const old = sign === '-' || sign === ' ' ? hunk.old : null;
  const fresh = sign === '+' || sign === ' ' ? hunk.new : null;
  hunk.lines.push({ sign, text, old, new: fresh });
  if (old !== null) hunk.old = old + 1;
  if (fresh !== null) hunk.new = fresh + 1;
}

function counted(before: readonly string[], files: readonly Building[]): Patch {
  let added = 0;
  let removed = 0;
  for (const file of files) {
    for (const hunk of file.hunks) {
      for (const { sign } of hunk.lines) {
        if (sign === '+') added += 1;
        else if (sign === '-') removed += 1;
      }
    }
  }
  return {
    before,
    files: files.map(({ name, head, hunks }) => ({
      name,
      head,
      hunks: hunks.map((hunk) => ({ head: hunk.head, lines: hunk.lines })),
    })),
    added,
    removed,
  };
}

function nameOfGit(line: string): string {
  const match = / b\/(.+)$/.exec(line);
  return match?.[1] ?? line.replace(/^(?:diff --git|Index:) /, '');
}

function nameOf(plus: string, minus: string): string {
  const fresh = bareName(plus);
  return fresh === '/dev/null' ? bareName(minus) : fresh;
}

const bareName = (line: string): string =>
  line
    .slice(4)
    .split('\t')[0]!
    .replace(/^[ab]\//, '');
