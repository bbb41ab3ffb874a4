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
 */
const FORMS: readonly RegExp[] = [
  // `Bearer <token>`, also as it stands escaped in JSON
  /\bbearer(?:\s|%20|\+|:|\\[nrt])+["'\\]*([A-Za-z0-9._~+/=-]{6,})/gi,
  // sk-…, sk_live_…, gsk_…, xai-…, rk_…, pk_… and the like
  /\b((?:sk|gsk|rk|pk|xai|xoxb|xoxp|ghp|gho|ghs|hf|glpat|pplx|tgp|nvapi|csk|fw)[-_][A-Za-z0-9_-]{8,})/g,
  /\b(AIza[0-9A-Za-z_-]{20,})/g,
  /\b((?:AKIA|ASIA)[0-9A-Z]{16})\b/g,
  /\b(eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*)/g,
  // api_key = …, "x-aex-provider-key": "…"
  /\b(?:api[-_ ]?key|x-aex-provider-key|aex_agent_token|authorization)["'\\]*\s*[:=]\s*["'\\]*([A-Za-z0-9._~+/=-]{8,})/gi,
];
/** Texts without one of these signs or words hold no key by form. */
const MAY_HOLD = /[-_]|bearer|eyJ|AIza|AKIA|ASIA|key|authorization/i;
/** The shortest text that a form fits. */
const SHORTEST_FORM = 11;

/** A masker for the tokens of a ledger, its `api_token`s and `token_hash`es. They never leave it. */
export function maskerOf(tokens: Iterable<string>): Masker {
  const known = tokensByStart(tokens);
  const shortest = Math.min(SHORTEST_FORM, ...[...known.values()].flat().map(({ length }) => length));

  const text = (value: string): string => {
    if (value.length < shortest) return value;
    const without = known.size === 0 ? value : withoutTokens(value, known);
    return MAY_HOLD.test(without) ? withoutForms(without) : without;
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

const START = 4;

/** Tokens by their first signs, so that a text is walked once however many there are; the longest first. */
function tokensByStart(tokens: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const all = new Set<string>();
  for (const token of tokens) {
    if (token.length < SHORTEST_TOKEN) continue;
    all.add(token);
    // as it stands inside JSON
    all.add(JSON.stringify(token).slice(1, -1));
    all.add(token.toUpperCase());
  }
  const found = new Map<string, string[]>();
  for (const token of [...all].toSorted((a, b) => b.length - a.length)) {
    const start = token.slice(0, START);
    const list = found.get(start);
    if (list === undefined) found.set(start, [token]);
    else list.push(token);
  }
  return found;
}

function withoutTokens(text: string, known: ReadonlyMap<string, readonly string[]>): string {
  const last = text.length - SHORTEST_TOKEN;
  const starts = new Set([...known.keys()].map((start) => start.charCodeAt(0)));
  let out = '';
  let from = 0;
  for (let at = 0; at <= last; at++) {
    if (!starts.has(text.charCodeAt(at))) continue;
    const token = known.get(text.slice(at, at + START))?.find((one) => text.startsWith(one, at));
    if (token === undefined) continue;
    out += text.slice(from, at) + WITHHELD;
    at += token.length - 1;
    from = at + 1;
  }
  return from === 0 ? text : out + text.slice(from);
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
