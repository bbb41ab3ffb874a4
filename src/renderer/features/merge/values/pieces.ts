import type { Mark } from './shown.ts';

/** A piece of a shown text of one colour. `gone`: nothing stands here, where the other text has something. */
export type Piece = {
  readonly text: string;
  readonly ink: 'key' | 'str' | 'num' | 'lit' | 'punct' | null;
  readonly marked: boolean;
  readonly gone: boolean;
  readonly at: number;
};

const TOKEN =
  /("(?:[^"\\]|\\.)*"?)(\s*:)?|(-?(?:\d+(?:\.\d*)?(?:[eE][-+]?\d+)?|Infinity)|NaN)|(true|false|null)|([{}[\],:]+)|(\s+)|[\s\S]/g;

type Token = { readonly from: number; readonly to: number; readonly ink: Piece['ink'] };

/** Cuts a text into pieces by colour (of JSON) and by what is marked. */
export function piecesOf(text: string, form: 'json' | 'text', marks: readonly Mark[]): readonly Piece[] {
  const tokens: readonly Token[] =
    form === 'json' ? tokensOf(text) : [{ from: 0, to: text.length, ink: null }];
  const pieces: Piece[] = [];
  let next = 0;
  for (const token of tokens) {
    let at = token.from;
    while (at < token.to) {
      while (next < marks.length && marks[next]!.to <= at && marks[next]!.to > marks[next]!.from) next += 1;
      const mark = marks[next];
      if (mark !== undefined && mark.from === mark.to && mark.from <= at) {
        pieces.push({ text: '', ink: null, marked: false, gone: true, at });
        next += 1;
        continue;
      }
      const marked = mark !== undefined && mark.from <= at;
      const end = Math.min(token.to, mark === undefined ? token.to : marked ? mark.to : mark.from);
      pieces.push({ text: text.slice(at, end), ink: token.ink, marked, gone: false, at });
      at = end;
    }
  }
  if (marks.slice(next).some(({ from, to }) => from === to))
    pieces.push({ text: '', ink: null, marked: false, gone: true, at: text.length });
  return pieces;
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const push = (from: number, to: number, ink: Piece['ink']) => {
    const last = tokens.at(-1);
    if (last !== undefined && last.ink === ink) tokens[tokens.length - 1] = { ...last, to };
    else tokens.push({ from, to, ink });
  };
  for (const match of text.matchAll(TOKEN)) {
    const [whole, string, colon, number, literal] = match;
    const end = match.index + whole.length;
    if (string !== undefined) {
      const after = match.index + string.length;
      push(match.index, after, colon === undefined ? 'str' : 'key');
      if (colon !== undefined) push(after, end, 'punct');
    } else push(match.index, end, number !== undefined ? 'num' : literal === undefined ? 'punct' : 'lit');
  }
  return tokens;
}
