import { parseJson } from '../json/parse.ts';
import type { JsonNode } from '../json/tree.ts';
import { takeAll } from './choices.ts';
import { fileText, sameBytes, type FileText } from './file-bytes.ts';
import { editsTo } from './file-edit.ts';
import type { Source } from './file-layout.ts';
import { withMarkers } from './file-markers.ts';
import { placesOf } from './file-places.ts';
import { reportOf, type MergeReport } from './file-report.ts';
import { edited, type Edit } from './file-splice.ts';
import { styleOf } from './file-style.ts';
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

type Input = FileText & { readonly root: JsonNode; readonly bytes: Uint8Array };

/**
 * Merges JSON files, given as their bytes. A base without a byte, or of blanks alone, is none: both sides added theirs.
 * Fails where a file is no JSON.
 */
export function mergeFiles(
  files: Sides<Uint8Array>,
): { readonly ok: true; readonly merge: FileMerge } | { readonly ok: false; readonly problem: FileProblem } {
  const base = isBlank(files.base) ? null : read('base', files.base);
  if (base?.ok === false) return base;
  const ours = read('ours', files.ours);
  if (!ours.ok) return ours;
  const theirs = read('theirs', files.theirs);
  if (!theirs.ok) return theirs;
  return { ok: true, merge: mergeInputs(base?.input ?? null, ours.input, theirs.input) };
}

type Read =
  { readonly ok: true; readonly input: Input } | { readonly ok: false; readonly problem: FileProblem };

function read(side: Pane, bytes: Uint8Array): Read {
  const decoded = fileText(bytes);
  if (!decoded.ok) return { ok: false, problem: { side, kind: 'unreadable', message: decoded.reason } };
  const parsed = parseJson(decoded.file.text);
  if (parsed.ok) return { ok: true, input: { ...decoded.file, root: parsed.node, bytes } };
  const { message, line, column, kind } = parsed.error;
  return kind === 'too-large'
    ? { ok: false, problem: { side, kind, message } }
    : {
        ok: false,
        problem: { side, kind: 'unreadable', message: `${message} (line ${line}, column ${column})` },
      };
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09);
}

function mergeInputs(base: Input | null, ours: Input, theirs: Input): FileMerge {
  const merge = mergeJson(base?.root, ours.root, theirs.root);
  const report = reportOf(merge);
  const merged = (): { readonly bytes: Uint8Array; readonly value: JsonNode } => {
    if (merge.units.length === 0) return { bytes: ours.bytes, value: ours.root };
    if (base !== null && sameBytes(base.bytes, ours.bytes))
      return { bytes: theirs.bytes, value: theirs.root };
    if (base !== null && sameBytes(base.bytes, theirs.bytes)) return { bytes: ours.bytes, value: ours.root };
    const { value } = resolve(merge);
    if (value === undefined) throw new Error('Two documents were merged into none');
    const text = edited(ours.text, rewriterOf(ours, theirs).edits(value));
    return { bytes: ours.encode(text), value: reread(text, value) };
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

function rewriterOf(ours: Input, theirs: Input) {
  const sourceOf = ({ text, root }: Input): Source => ({
    file: { text, places: placesOf(text) },
    node: root,
    at: 0,
  });
  const host = sourceOf(ours);
  const donor = sourceOf(theirs);
  const style = styleOf(host.file, donor.file);
  const intern = createClasses();
  return {
    style,
    edits: (value: JsonNode): readonly Edit[] => editsTo(value, host, donor, { style, intern }),
  };
}

/** What was written, as it will be read. A last check: nothing is written that is not the result. */
function reread(text: string, value: JsonNode): JsonNode {
  const parsed = parseJson(text, { maxChars: Infinity });
  if (!parsed.ok) throw new Error(`The merged text is no JSON: ${parsed.error.message}`);
  if (!sameValue(parsed.node, value)) throw new Error('The merged text does not hold the merged value');
  return parsed.node;
}
