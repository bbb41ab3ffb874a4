export type JsonToken = {
  readonly kind: 'key' | 'str' | 'num' | 'lit' | 'punct' | 'gap';
  readonly text: string;
  /** where it begins in the text */
  readonly at: number;
};

const PATTERN =
  /(?<key>"(?:[^"\\]|\\.)*"(?=\s*:))|(?<str>"(?:[^"\\]|\\.)*")|(?<num>-?\d[\d.eE+-]*)|(?<lit>true|false|null)|(?<punct>[{}[\],:])/g;

/** A JSON text cut for colouring; the tokens beside each other are the text. */
export function jsonTokens(text: string): readonly JsonToken[] {
  const tokens: JsonToken[] = [];
  let end = 0;
  for (const match of text.matchAll(PATTERN)) {
    if (match.index > end) tokens.push({ kind: 'gap', text: text.slice(end, match.index), at: end });
    const kind = Object.entries(match.groups ?? {}).find(([, part]) => part !== undefined)?.[0];
    tokens.push({ kind: (kind ?? 'gap') as JsonToken['kind'], text: match[0], at: match.index });
    end = match.index + match[0].length;
  }
  if (end < text.length) tokens.push({ kind: 'gap', text: text.slice(end), at: end });
  return tokens;
}
