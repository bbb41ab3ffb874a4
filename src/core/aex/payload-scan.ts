/** What a payload says, as the fast reader and the exact one fill it in. `Slot` numbers its keys. */
export type PayloadFields = {
  estimated: number | null;
  cost: number | null;
  remaining: number | null;
  prompt: number | null;
  completion: number | null;
  status: number | null;
  model: string | null;
  reason: string | null;
  detail: string | null;
  expiry: string | null;
  tool: string | null;
  error: string | null;
  from: string | null;
  to: string | null;
  state: string | null;
};

/** The keys that payloads of AEX 2.0 have (formats/aex.md §4), each with its bit. Those up to `status_code` hold integers. */
export const KEY = {
  estimated_micro: 1,
  cost_micro: 1 << 1,
  remaining_micro: 1 << 2,
  prompt_tokens: 1 << 3,
  completion_tokens: 1 << 4,
  status_code: 1 << 5,
  model: 1 << 6,
  reason: 1 << 7,
  detail: 1 << 8,
  expiry_at: 1 << 9,
  tool_name: 1 << 10,
  error: 1 << 11,
  from: 1 << 12,
  to: 1 << 13,
  state: 1 << 14,
  endpoint: 1 << 15,
} as const;
type Key = keyof typeof KEY;

/** Where each key stands in the order of AEX, by the number of its bit. */
const ORDER = new Uint8Array(32);
for (const [i, key] of (Object.keys(KEY) as Key[]).toSorted().entries()) {
  ORDER[31 - Math.clz32(KEY[key])] = i + 1;
}

/** Bits of the keys whose values are integers. */
export const NUMBER_KEYS = (1 << 6) - 1;

/** Digits that are read as a number without a thought about its precision. */
const SAFE_DIGITS = 15;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

export function emptyFields(): PayloadFields {
  return {
    estimated: null,
    cost: null,
    remaining: null,
    prompt: null,
    completion: null,
    status: null,
    model: null,
    reason: null,
    detail: null,
    expiry: null,
    tool: null,
    error: null,
    from: null,
    to: null,
    state: null,
  };
}

export function clearFields(out: PayloadFields): void {
  out.estimated = out.cost = out.remaining = out.prompt = out.completion = out.status = null;
  out.model = out.reason = out.detail = out.expiry = out.tool = out.error = null;
  out.from = out.to = out.state = null;
}

/** The bit of a key that stands in a text at `start`, 0 where it is none of ours. */
function keyAt(text: string, start: number, length: number): number {
  const first = text.charCodeAt(start);
  let key: Key;
  switch (length) {
    case 2:
      key = 'to';
      break;
    case 4:
      key = 'from';
      break;
    case 5:
      if (first === 0x6d) key = 'model';
      else key = first === 0x65 ? 'error' : 'state';
      break;
    case 6:
      key = first === 0x64 ? 'detail' : 'reason';
      break;
    case 8:
      key = 'endpoint';
      break;
    case 9:
      key = first === 0x65 ? 'expiry_at' : 'tool_name';
      break;
    case 10:
      key = 'cost_micro';
      break;
    case 11:
      key = 'status_code';
      break;
    case 13:
      key = 'prompt_tokens';
      break;
    case 15:
      key = first === 0x65 ? 'estimated_micro' : 'remaining_micro';
      break;
    case 17:
      key = 'completion_tokens';
      break;
    default:
      return 0;
  }
  return text.startsWith(key, start) ? KEY[key] : 0;
}

export function setNumber(out: PayloadFields, key: number, value: number | null): void {
  if (key === KEY.estimated_micro) out.estimated = value;
  else if (key === KEY.cost_micro) out.cost = value;
  else if (key === KEY.remaining_micro) out.remaining = value;
  else if (key === KEY.prompt_tokens) out.prompt = value;
  else if (key === KEY.completion_tokens) out.completion = value;
  else if (key === KEY.status_code) out.status = value;
}

export function setText(out: PayloadFields, key: number, value: string | null): void {
  if (key === KEY.model) out.model = value;
  else if (key === KEY.reason) out.reason = value;
  else if (key === KEY.detail) out.detail = value;
  else if (key === KEY.expiry_at) out.expiry = value;
  else if (key === KEY.tool_name) out.tool = value;
  else if (key === KEY.error) out.error = value;
  else if (key === KEY.from) out.from = value;
  else if (key === KEY.to) out.to = value;
  else if (key === KEY.state) out.state = value;
}

/**
 * Reads a payload that is one flat object of known keys in their order, without blanks, escapes or numbers beyond 15
 * digits, as nearly all of AEX are.
 * Returns the bits of the keys it has, or -1 where the text has to be read exactly (then nothing in `out` counts).
 */
export function scanPayload(text: string, out: PayloadFields): number {
  if (text.charCodeAt(0) !== 0x7b) return -1;
  if (text === '{}') return 0;
  let at = 1;
  let seen = 0;
  let last = 0;
  for (;;) {
    if (text.charCodeAt(at) !== QUOTE) return -1;
    const keyStart = at + 1;
    const keyEnd = endOfString(text, keyStart);
    if (keyEnd < 0 || text.charCodeAt(keyEnd + 1) !== 0x3a) return -1;
    const key = keyAt(text, keyStart, keyEnd - keyStart);
    if (key === 0) return -1;
    const place = ORDER[31 - Math.clz32(key)]!;
    if (place <= last) return -1;
    last = place;
    seen |= key;
    at = keyEnd + 2;
    const c = text.charCodeAt(at);
    if (c === QUOTE) {
      const end = endOfString(text, at + 1);
      if (end < 0 || (key & NUMBER_KEYS) !== 0) return -1;
      setText(out, key, text.slice(at + 1, end));
      at = end + 1;
    } else if (c === 0x6e) {
      if (!text.startsWith('null', at)) return -1;
      // The exact reader says whether that may be.
      if (key !== KEY.model && key !== KEY.reason) return -1;
      at += 4;
    } else {
      const negative = c === 0x2d;
      if (negative) at++;
      const start = at;
      let value = 0;
      for (let d = text.charCodeAt(at); d >= 0x30 && d <= 0x39; d = text.charCodeAt(++at)) {
        value = value * 10 + (d - 0x30);
      }
      const digits = at - start;
      if (digits === 0 || digits > SAFE_DIGITS) return -1;
      if (text.charCodeAt(start) === 0x30 && (digits > 1 || negative)) return -1;
      if (key > NUMBER_KEYS) return -1;
      setNumber(out, key, negative ? -value : value);
    }
    const next = text.charCodeAt(at);
    at++;
    if (next === 0x7d) return at === text.length ? seen : -1;
    if (next !== 0x2c) return -1;
  }
}

/** The offset of the closing quote; -1 where anything but plain ASCII stands before it. */
function endOfString(text: string, from: number): number {
  let at = from;
  for (;;) {
    const c = text.charCodeAt(at);
    if (c === QUOTE) return at;
    // NaN behind the end is not at least 0x20 either
    if (!(c >= 0x20 && c < 0x7f) || c === BACKSLASH) return -1;
    at++;
  }
}
