import { defaultMaxChars, parseJson } from '../json/parse.ts';
import type { JsonNode } from '../json/tree.ts';
import { takeAll } from './choices.ts';
import { fileText, sameBytes, type FileText } from './file-bytes.ts';
import { editsTo } from './file-edit.ts';
import { withMarkers } from './file-markers.ts';
import { placesOf } from './file-places.ts';
import { reportOf, type MergeReport } from './file-report.ts';
import { edited, type Edit } from './file-splice.ts';
import { styleOf } from './file-style.ts';
import { treeOf, type Tree } from './file-tree.ts';
import { createClasses } from './merge-hash.ts';
import { sameValue } from './merge-same.ts';
import { mergeJson } from './merge.ts';
import type { Pane, Sides } from './merged.ts';
import { resolve } from './resolve.ts';
import type { Side } from './unit.ts';

/** Why one of the three files can't be merged. */
export type FileProblem = {
  readonly side: Pane;
  readonly message: string;
  readonly kind: 'unreadable' | 'too-large';
};

/** Three JSON files, merged. */
export type FileMerge = {
  readonly report: MergeReport;
  /**
   * The merged file: ours to the byte, but for the places that come from theirs. Where ours is the base to the byte,
   * and theirs has another value, it is theirs. Null while conflicts are left.
   */
  readonly bytes: Uint8Array | null;
  /** the value of the merged file; null with `bytes` */
  readonly value: JsonNode | null;
  /** the merged file with git's conflict markers around the lines that are in conflict */
  marked(names: Readonly<Record<Side, string>>): Uint8Array;
};

type Input = FileText & { readonly tree: Tree; readonly bytes: Uint8Array };

/**
 * Merges JSON files, given as their bytes. A base without a byte, or of blanks alone, is none: both sides added theirs.
 * Fails where a file is no JSON.
 */
export function mergeFiles(
  files: Sides<Uint8Array>,
): { readonly ok: true; readonly merge: FileMerge } | { readonly ok: false; readonly problem: FileProblem } {
  const base = isBlank(files.base) ? null : read('base', files.base, null);
  if (base?.ok === false) return base;
  const ours = read('ours', files.ours, base?.input.tree ?? null);
  if (!ours.ok) return ours;
  const theirs = read('theirs', files.theirs, base?.input.tree ?? ours.input.tree);
  if (!theirs.ok) return theirs;
  return { ok: true, merge: mergeInputs(base?.input ?? null, ours.input, theirs.input) };
}

type Read =
  { readonly ok: true; readonly input: Input } | { readonly ok: false; readonly problem: FileProblem };

function read(side: Pane, bytes: Uint8Array, like: Tree | null): Read {
  const decoded = fileText(bytes);
  if (!decoded.ok) return { ok: false, problem: { side, kind: 'unreadable', message: decoded.reason } };
  const { text } = decoded.file;
  const places = text.length > defaultMaxChars ? null : placesOf(text);
  if (places === null) return { ok: false, problem: { side, ...problemOf(text) } };
  return { ok: true, input: { ...decoded.file, tree: treeOf({ text, places }, like), bytes } };
}

function problemOf(text: string): Omit<FileProblem, 'side'> {
  const parsed = parseJson(text);
  if (parsed.ok) throw new Error('A text that is JSON was not read');
  const { message, line, column, kind } = parsed.error;
  if (kind === 'too-large') return { kind, message };
  return { kind: 'unreadable', message: `${message} (line ${line}, column ${column})` };
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09);
}

function mergeInputs(base: Input | null, ours: Input, theirs: Input): FileMerge {
  const merge = mergeJson(base?.tree.node, ours.tree.node, theirs.tree.node);
  const report = reportOf(merge);
  const merged = (): { readonly bytes: Uint8Array; readonly value: JsonNode } => {
    if (merge.units.length === 0) return { bytes: ours.bytes, value: ours.tree.node };
    if (base !== null && sameBytes(base.bytes, ours.bytes)) {
      return { bytes: theirs.bytes, value: theirs.tree.node };
    }
    if (base !== null && sameBytes(base.bytes, theirs.bytes)) {
      return { bytes: ours.bytes, value: ours.tree.node };
    }
    const { value } = resolve(merge);
    if (value === undefined) throw new Error('Two documents were merged into none');
    const text = edited(ours.text, rewriterOf(ours, theirs).edits(value));
    return { bytes: ours.encode(text), value: reread(text, value, ours.tree) };
  };
  const whole = report.conflicts.length === 0 ? merged() : null;
  return {
    report,
    bytes: whole?.bytes ?? null,
    value: whole?.value ?? null,
    marked: (names) => {
      const rewriter = rewriterOf(ours, theirs);
      const way = (side: Side): readonly Edit[] => {
        const { value } = resolve(merge, takeAll(side));
        return value === undefined ? [] : rewriter.edits(value);
      };
      const lineBreak = rewriter.style.lineBreak ?? '\n';
      const text = ours.text;
      return ours.encode(withMarkers({ text, ours: way('ours'), theirs: way('theirs'), names, lineBreak }));
    },
  };
}

function rewriterOf({ tree: ours }: Input, { tree: theirs }: Input) {
  const style = styleOf(ours.file, theirs.file);
  const intern = createClasses();
  return {
    style,
    edits: (value: JsonNode): readonly Edit[] => editsTo(value, ours, theirs, { style, intern }),
  };
}

/** What was written, as it will be read. A last check: nothing is written that is not the result. */
function reread(text: string, value: JsonNode, like: Tree): JsonNode {
  const places = placesOf(text);
  if (places === null) throw new Error('The merged text is no JSON');
  const { node } = treeOf({ text, places }, like);
  if (!sameValue(node, value)) throw new Error('The merged text does not hold the merged value');
  return node;
}
