import { hunk } from './file-markers.ts';
import { mergeText } from './merge.ts';
import type { Merged, Sides } from './merged.ts';
import type { Side } from './unit.ts';

/** Files merged line by line. `conflicts`: parts that are left, with git's conflict markers around them. */
export type LineMerge = { readonly bytes: Uint8Array; readonly conflicts: number };

/**
 * Merges files of any text by line, as git does without a driver: to the byte, whatever the encoding. Null for files
 * that hold a zero byte, which is what git takes for binary.
 */
export function mergeFileLines(
  files: Sides<Uint8Array>,
  names: Readonly<Record<Side, string>>,
): LineMerge | null {
  const all = [files.base, files.ours, files.theirs];
  if (all.some((bytes) => bytes.includes(0))) return null;
  const [base, ours, theirs] = all.map(byteText);
  const { root } = mergeText(base!, ours!, theirs!);
  const lineBreak = ours!.includes('\r\n') ? '\r\n' : '\n';
  const labels = {
    ours: byteText(new TextEncoder().encode(names.ours)),
    theirs: byteText(new TextEncoder().encode(names.theirs)),
  };
  if (root.kind !== 'text') return { bytes: files.ours, conflicts: 0 };
  let conflicts = 0;
  const pieces = partsOf(root).map(({ ours: mine, theirs: other, conflict }) => {
    if (!conflict) return mine;
    conflicts += 1;
    return hunk(mine, other, labels, lineBreak);
  });
  return { bytes: bytesOf(pieces.join('')), conflicts };
}

type Piece = { readonly ours: string; readonly theirs: string; readonly conflict: boolean };

function partsOf(root: Extract<Merged, { kind: 'text' }>): readonly Piece[] {
  return root.parts.map((part): Piece => {
    if (part.kind === 'same') return { ours: part.text, theirs: part.text, conflict: false };
    const { taken, ours, theirs } = part.unit;
    const [mine, other] = [ours, theirs].map((node) => (node?.kind === 'string' ? node.value : ''));
    return taken === null
      ? { ours: mine!, theirs: other!, conflict: true }
      : { ours: taken === 'theirs' ? other! : mine!, theirs: other!, conflict: false };
  });
}

/** A text with one character for each byte. */
function byteText(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += 8192) {
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  }
  return pieces.join('');
}

function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
  return bytes;
}
