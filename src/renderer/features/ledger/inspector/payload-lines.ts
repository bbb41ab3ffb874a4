import { prettyLine } from '../../runs/record/fields.ts';

/** What a piece of a line of JSON is; `plain` where the text is none. */
type PieceKind = 'key' | 'str' | 'num' | 'lit' | 'punct' | 'plain';
export type Piece = { readonly kind: PieceKind; readonly text: string; readonly at: number };

/** One line as it is shown. `changed`: another text was proved to have stood there. */
export type PayloadLine = { readonly pieces: readonly Piece[]; readonly changed: boolean };

/** Lines that are shown of a payload; those of AEX have seven. */
export const MAX_LINES = 200;
/** Characters of one line that are shown. */
const MAX_LINE = 2000;

const TOKEN =
  /(?<key>"(?:[^"\\]|\\.)*"(?=\s*:))|(?<str>"(?:[^"\\]|\\.)*"?)|(?<num>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<lit>true|false|null|NaN|-?Infinity)|(?<punct>[{}[\],:]+)|(?<plain>[^"{}[\],:\d-]+|.)/gu;

/** The payload as lines for reading, numbers as they are stored; those that differ from the proved text are marked. */
export function payloadLines(
  payload: string,
  restored: string | null,
): { readonly lines: readonly PayloadLine[]; readonly more: number } {
  const all = prettyLine(payload).split('\n');
  const proved = restored === null ? null : new Set(prettyLine(restored).split('\n').map(withoutComma));
  const lines = all.slice(0, MAX_LINES).map((line) => ({
    pieces: piecesOf(line.slice(0, MAX_LINE)),
    changed: proved !== null && !proved.has(withoutComma(line)),
  }));
  return { lines, more: Math.max(0, all.length - MAX_LINES) };
}

const withoutComma = (line: string): string => line.replace(/,$/, '');

function piecesOf(line: string): readonly Piece[] {
  return [...line.matchAll(TOKEN)].map((match) => {
    const kinds: readonly PieceKind[] = ['key', 'str', 'num', 'lit', 'punct'];
    const kind = kinds.find((name) => match.groups?.[name] !== undefined) ?? 'plain';
    return { kind, text: match[0], at: match.index };
  });
}
