/** One blank-separated part of a query. `values` are its alternatives; a quoted one may be empty, which means absent. */
export type Token = {
  readonly raw: string;
  readonly start: number;
  readonly negated: boolean;
  readonly key: string | null;
  readonly values: readonly { readonly text: string; readonly quoted: boolean }[];
  /** without its minus, all taken literally */
  readonly text: string;
  readonly openQuote: boolean;
};

/** Splits a query at blanks outside of quotes. */
export function tokens(query: string): readonly Token[] {
  const found: Token[] = [];
  let at = 0;
  while (at < query.length) {
    if (/\s/.test(query[at]!)) {
      at += 1;
      continue;
    }
    const start = at;
    let quoted = false;
    while (at < query.length && (quoted || !/\s/.test(query[at]!))) {
      if (query[at] === '\\' && quoted) at += 1;
      else if (query[at] === '"') quoted = !quoted;
      at += 1;
    }
    found.push(readToken(query.slice(start, at), start, quoted));
  }
  return found;
}

function readToken(raw: string, start: number, openQuote: boolean): Token {
  const negated = raw.length > 1 && raw.startsWith('-');
  const body = negated ? raw.slice(1) : raw;
  const key = /^([A-Za-z][A-Za-z-]*):/.exec(body)?.[1]?.toLowerCase() ?? null;
  const values = key === null ? [] : alternatives(body.slice(key.length + 1));
  return { raw, start, negated, key, values, text: unquoted(body), openQuote };
}

function alternatives(text: string): Token['values'] {
  const values: { text: string; quoted: boolean }[] = [];
  let quoted = false;
  let from = 0;
  for (let at = 0; at <= text.length; at++) {
    if (at < text.length) {
      if (quoted && text[at] === '\\') {
        at += 1;
        continue;
      }
      if (text[at] === '"') quoted = !quoted;
      if (quoted || text[at] !== ',') continue;
    }
    const part = text.slice(from, at);
    values.push({ text: unquoted(part), quoted: part.includes('"') });
    from = at + 1;
  }
  return values;
}

function unquoted(text: string): string {
  let out = '';
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (char === '"') quoted = !quoted;
    else if (quoted && char === '\\' && at + 1 < text.length) out += text[++at]!;
    else out += char;
  }
  return out;
}

/** A value as it is written behind a key. */
export function quotedValue(text: string): string {
  return /^[^\s",]+$/.test(text) ? text : `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}

/** A text to search for as it is written in a query. */
export function quotedText(text: string): string {
  return /^[^\s":-][^\s":]*$/.test(text) ? text : `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}
