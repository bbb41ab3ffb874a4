import { KIND } from '../../cross/facts.ts';
import { CONSTANTS } from '../../entry.ts';
import { secondsIn } from './bytes.ts';

/** What a payload says, without a text being made of it. Texts are places in the bytes; none: both are equal. */
export type PlainPayload = {
  /** behind the last byte */
  end: number;
  estimated: number;
  amount: number;
  prompt: number;
  completion: number;
  /** when a reservation runs out, in seconds */
  expiry: number;
  textFrom: number;
  textTo: number;
};

export const emptyPlain = (): PlainPayload => ({
  end: 0,
  estimated: 0,
  amount: 0,
  prompt: 0,
  completion: 0,
  expiry: 0,
  textFrom: 0,
  textTo: 0,
});

const ascii = (said: string): Uint8Array => Uint8Array.from(Buffer.from(said, 'latin1'));
const A = {
  estimatedFirst: ascii('{"estimated_micro":'),
  expiry: ascii(',"expiry_at":"'),
  refused: ascii(`{"detail":"${CONSTANTS.detail}","estimated_micro":`),
  remaining: ascii(',"remaining_micro":'),
  dispatched: ascii(`{"state":"${CONSTANTS.state}"}`),
  completion: ascii('{"completion_tokens":'),
  cost: ascii(',"cost_micro":'),
  estimated: ascii(',"estimated_micro":'),
  model: ascii(',"model":"'),
  noModel: ascii(',"model":null'),
  promptBehindText: ascii('","prompt_tokens":'),
  prompt: ascii(',"prompt_tokens":'),
  reason: ascii(',"reason":"'),
  costFirst: ascii('{"cost_micro":'),
  tool: ascii(',"tool_name":"'),
  endBehindText: ascii('"}'),
  end: ascii('}'),
} as const;

/** Digits that are read as a number without a thought about its precision. */
const SAFE_DIGITS = 15;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Reads a payload that is letter for letter of the form that AEX gives this kind (formats/aex.md §4), with plain numbers
 * and texts without escapes. false: it is not, or the kind is a rare one; then it has to be read otherwise.
 */
export function readPlain(bytes: Buffer, start: number, kind: number, out: PlainPayload): boolean {
  out.end = start;
  out.estimated = out.amount = out.prompt = out.completion = Number.NaN;
  out.textFrom = out.textTo = 0;
  switch (kind) {
    case KIND.commit:
      return commit(bytes, out);
    case KIND.reserve:
      if (!skip(bytes, A.estimatedFirst, out)) return false;
      out.estimated = number(bytes, out);
      return skip(bytes, A.expiry, out) && expiry(bytes, out) && skip(bytes, A.endBehindText, out);
    case KIND.dispatch:
      return skip(bytes, A.dispatched, out);
    case KIND.release:
      if (!skip(bytes, A.estimatedFirst, out)) return false;
      out.estimated = number(bytes, out);
      return skip(bytes, A.reason, out) && text(bytes, out) && skip(bytes, A.endBehindText, out);
    case KIND.deny:
      if (!skip(bytes, A.refused, out)) return false;
      out.estimated = number(bytes, out);
      if (!skip(bytes, A.remaining, out)) return false;
      out.amount = number(bytes, out);
      return skip(bytes, A.end, out);
    case KIND.tool:
      if (!skip(bytes, A.costFirst, out)) return false;
      out.amount = number(bytes, out);
      return skip(bytes, A.tool, out) && text(bytes, out) && skip(bytes, A.endBehindText, out);
    default:
      return false;
  }
}

function commit(bytes: Buffer, out: PlainPayload): boolean {
  if (!skip(bytes, A.completion, out)) return false;
  out.completion = number(bytes, out);
  if (!skip(bytes, A.cost, out)) return false;
  out.amount = number(bytes, out);
  if (!skip(bytes, A.estimated, out)) return false;
  out.estimated = number(bytes, out);
  if (skip(bytes, A.model, out)) {
    if (!text(bytes, out) || out.textFrom === out.textTo) return false;
    if (!skip(bytes, A.promptBehindText, out)) return false;
  } else if (!skip(bytes, A.noModel, out) || !skip(bytes, A.prompt, out)) return false;
  out.prompt = number(bytes, out);
  return skip(bytes, A.end, out);
}

/** Goes on behind `piece`, where that comes next. */
function skip(bytes: Buffer, piece: Uint8Array, out: PlainPayload): boolean {
  const from = out.end;
  for (let i = 0; i < piece.length; i++) if (bytes[from + i] !== piece[i]) return false;
  out.end = from + piece.length;
  return true;
}

/** An integer as JSON writes it; where none comes next, nothing can follow. */
function number(bytes: Buffer, out: PlainPayload): number {
  let at = out.end;
  const isNegative = bytes[at] === 0x2d;
  if (isNegative) at += 1;
  const start = at;
  let value = 0;
  for (let d = bytes[at]! - 0x30; d >= 0 && d <= 9; d = bytes[++at]! - 0x30) value = value * 10 + d;
  const count = at - start;
  const isPlain = count > 0 && count <= SAFE_DIGITS;
  if (!isPlain || (bytes[start] === 0x30 && (count > 1 || isNegative))) {
    out.end = bytes.length;
    return Number.NaN;
  }
  out.end = at;
  return isNegative ? -value : value;
}

/** The only form in which AEX writes when a reservation runs out: in UTC, with its offset. */
const EXPIRY_SIGNS = 25;

function expiry(bytes: Buffer, out: PlainPayload): boolean {
  if (!text(bytes, out) || out.textTo - out.textFrom !== EXPIRY_SIGNS) return false;
  const seconds = secondsIn(bytes, out.textFrom, out.textTo);
  out.expiry = seconds ?? 0;
  return seconds !== null;
}

/** A text up to its closing quote, which comes next then. */
function text(bytes: Buffer, out: PlainPayload): boolean {
  out.textFrom = out.end;
  for (let at = out.end; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) {
      out.textTo = out.end = at;
      return true;
    }
    if (byte < 0x20 || byte > 0x7e || byte === BACKSLASH) return false;
  }
  return false;
}
