/** What stands in place of a secret. */
export const WITHHELD = '[withheld]';

/** Removes tokens and keys from texts. `text` and `deep` return what they were given where there is nothing to remove. */
export type Masker = {
  /** the text with every token of the ledger's agents, and what looks like a key, withheld */
  text(text: string): string;
  /** the same in every text of a value, keys of objects included; binary data is left as it is */
  deep<T>(value: T): T;
};

/** A token of AEX has 32 hex digits; shorter texts would be found in what is no secret. */
const SHORTEST_TOKEN = 8;

/**
 * Keys of providers and bearer tokens by their form. What is no key may be withheld too: a key that is shown is worse.
 * Every repeat has an end: without one, a text of some million signs overflows the stack of the matcher.
 */
const FORMS: readonly RegExp[] = [
  // `Bearer <token>`, also as it stands escaped in JSON
  /\bbearer(?:\s|%20|\+|:|\\[nrt]){1,20}["'\\]{0,20}([A-Za-z0-9._~+/=-]{6,1000})/gi,
  // sk-…, sk_live_…, gsk_…, xai-…, rk_…, pk_… and the like
  /\b((?:sk|gsk|rk|pk|xai|xoxb|xoxp|ghp|gho|ghs|hf|glpat|pplx|tgp|nvapi|csk|fw)[-_][A-Za-z0-9_-]{8,1000})/g,
  /\b(AIza[0-9A-Za-z_-]{20,1000})/g,
  /\b((?:AKIA|ASIA)[0-9A-Z]{16})\b/g,
  /\b(eyJ[A-Za-z0-9_-]{8,1000}\.[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{0,1000})/g,
  // api_key = …, OPENAI_API_KEY=…, "x-aex-provider-key": "…"
  /(?<![A-Za-z0-9])(?:api[-_ ]?key|x-aex-provider-key|aex_agent_token|(?:access|auth|refresh)[-_]?token|(?:client[-_]?)?secret|password|authorization)["'\\]{0,20}\s{0,20}[:=]\s{0,20}["'\\]{0,20}(?:basic\s{1,5})?([A-Za-z0-9._~+/=-]{8,1000})/gi,
];
/** Texts without one of these signs or words hold no key by form. */
const MAY_HOLD = /[-_]|bearer|eyJ|AIza|AKIA|ASIA|key|token|secret|password|authorization/i;
/** The shortest text that a form fits. */
const SHORTEST_FORM = 11;

/** Slots by which almost every place of a text is passed over without a string being made of it. */
const SLOTS = 1 << 18;
const SLOT_SIGNS = 6;

/** A masker for the tokens of a ledger, its `api_token`s and `token_hash`es. They never leave it. */
export function maskerOf(tokens: Iterable<string>): Masker {
  const find = tokenFinder(tokens);

  const text = (value: string): string => {
    if (value.length < SHORTEST_TOKEN) return value;
    const without = find === null ? value : withoutTokens(value, find);
    return without.length >= SHORTEST_FORM && MAY_HOLD.test(without) ? withoutForms(without) : without;
  };

  const deep = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value);
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) {
      let changed = false;
      const items = value.map((item) => {
        const masked = deep(item);
        changed ||= masked !== item;
        return masked;
      });
      return changed ? items : value;
    }
    const proto: unknown = Object.getPrototypeOf(value);
    if (proto !== Object.prototype && proto !== null) return value;
    let changed = false;
    const entries = Object.entries(value).map(([key, item]) => {
      const masked = [text(key), deep(item)] as const;
      changed ||= masked[0] !== key || masked[1] !== item;
      return masked;
    });
    return changed ? Object.fromEntries(entries) : value;
  };

  return { text, deep: <T>(value: T): T => deep(value) as T };
}

/** For what has no table of tokens: only keys by their form. */
export const formMasker: Masker = maskerOf([]);

/** Signs of a token's start or end that tell it: a text may have been cut in the middle of a token. */
const PIECE = 12;

function slotAt(text: string, at: number): number {
  let slot = 0;
  for (let i = at; i < at + SLOT_SIGNS; i++) slot = (Math.imul(slot, 37) + text.charCodeAt(i)) | 0;
  return (slot ^ (slot >>> 14)) & (SLOTS - 1);
}

/** Gives the stretch of a token, or of a piece of one, that begins at a place of a text; null: none does. */
type Finder = (text: string, at: number) => { readonly from: number; readonly to: number } | null;

/** The finder reads texts in lower case. Null: there are no tokens. */
function tokenFinder(tokens: Iterable<string>): Finder | null {
  const heads = new Map<string, string[]>();
  const tails = new Map<string, string[]>();
  const seen = new Uint8Array(SLOTS);
  const lengths = new Set<number>();
  const add = (pieces: Map<string, string[]>, piece: string, token: string): void => {
    seen[slotAt(piece, 0)] = 1;
    const list = pieces.get(piece);
    if (list === undefined) pieces.set(piece, [token]);
    else list.push(token);
  };
  const all = new Set<string>();
  for (const token of tokens) {
    if (token.length < SHORTEST_TOKEN) continue;
    all.add(asciiLower(token));
    all.add(asciiLower(JSON.stringify(token).slice(1, -1)));
    for (const encoded of encodings(token))
      if (encoded.length >= SHORTEST_TOKEN) all.add(asciiLower(encoded));
  }
  for (const token of [...all].toSorted((a, b) => b.length - a.length)) {
    add(heads, token.slice(0, PIECE), token);
    if (token.length < PIECE) lengths.add(token.length);
    if (token.length > PIECE) add(tails, token.slice(-PIECE), token);
  }
  if (all.size === 0) return null;
  return (text, at) => {
    if (seen[slotAt(text, at)] === 0) return null;
    const piece = text.slice(at, at + PIECE);
    let head = heads.get(piece);
    for (const length of lengths) head ??= heads.get(piece.slice(0, length));
    if (head !== undefined) {
      let to = at;
      for (const token of head) to = Math.max(to, at + shared(text, at, token));
      return { from: at, to };
    }
    const tail = tails.get(piece);
    if (tail === undefined) return null;
    let from = at;
    for (const token of tail) {
      for (let back = 1, end = token.length - PIECE; back <= end; back++) {
        if (text[at - back] !== token[end - back]) break;
        from = Math.min(from, at - back);
      }
    }
    return { from, to: at + PIECE };
  };
}

/** A token as others write it: in hex, and in base64 behind any text. */
function encodings(token: string): readonly string[] {
  const bytes = Buffer.from(token);
  // the first and last signs depend on what stands beside the token
  const in64 = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    return text.slice(Math.ceil((before * 4) / 3), Math.floor(((before + bytes.length) * 4) / 3));
  });
  return [...in64, bytes.toString('hex')];
}

function shared(text: string, at: number, token: string): number {
  let length = 0;
  while (length < token.length && text[at + length] === token[length]) length += 1;
  return length;
}

/** In lower case, with every sign at its place. */
function asciiLower(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text.replace(/[A-Z]+/g, (part) => part.toLowerCase());
}

/** The look behind keeps a run of backslashes from being tried from each of its places. */
const ESCAPED = /(?:(?<!\\)\\+(?:u00|x)|%)([0-7][0-9a-f])/gi;
/** Texts without one of these hold no such escape. */
const MAY_ESCAPE = /\\u00|\\x|%/i;

function withoutTokens(text: string, find: Finder): string {
  const { plain, starts } = readable(text);
  let out = '';
  let kept = 0;
  for (let at = 0; at <= plain.length - SHORTEST_TOKEN; at++) {
    const found = find(plain, at);
    if (found === null) continue;
    const from = Math.max(kept, starts === null ? found.from : starts[found.from]!);
    const to = starts === null ? found.to : starts[found.to]!;
    out += text.slice(kept, from) + WITHHELD;
    kept = to;
    at = found.to - 1;
  }
  return kept === 0 ? text : out + text.slice(kept);
}

/** A text in lower case with its escapes of plain signs read, and where each sign begins; null: where it stands. */
function readable(text: string): { readonly plain: string; readonly starts: readonly number[] | null } {
  if (!MAY_ESCAPE.test(text)) return { plain: asciiLower(text), starts: null };
  const starts: number[] = [];
  let plain = '';
  let from = 0;
  const keep = (to: number): void => {
    for (let at = from; at < to; at++) starts.push(at);
    plain += text.slice(from, to);
  };
  for (const escaped of text.matchAll(ESCAPED)) {
    keep(escaped.index);
    starts.push(escaped.index);
    plain += String.fromCharCode(Number.parseInt(escaped[1]!, 16));
    from = escaped.index + escaped[0].length;
  }
  keep(text.length);
  starts.push(text.length);
  return { plain: asciiLower(plain), starts };
}

function withoutForms(text: string): string {
  let out = text;
  for (const form of FORMS) {
    out = out.replace(form, (whole: string, secret: string) =>
      secret === WITHHELD ? whole : whole.slice(0, whole.length - secret.length) + WITHHELD,
    );
  }
  return out;
}
