import { childrenOf, type JsonPlaces } from './file-places.ts';

/** A JSON text with the places of its values. */
export type PlacedText = { readonly text: string; readonly places: JsonPlaces };

/** How a file is laid out, so that what is added to it looks as if its author had written it. */
export type FileStyle = {
  /** null: the whole document stands on one line */
  readonly lineBreak: string | null;
  /** the indentation of one level */
  readonly unit: string;
  /** from a key's closing quote to its value */
  readonly colon: string;
  /** between two values on one line */
  readonly comma: string;
  /** inside the brackets of a container on one line */
  readonly pad: { readonly list: string; readonly object: string };
  /** which containers stand on one line where nothing else says so */
  readonly inline: { readonly flat: boolean; readonly nested: boolean; readonly object: boolean };
  /** everything outside ASCII is escaped in strings */
  readonly ascii: boolean;
  /** `/` is escaped in strings */
  readonly slash: boolean;
};

/** Values that are looked at; a file is laid out the same all over, or by nobody. */
const LOOKED_AT = 20_000;

type Observed = {
  lineBreak: string | null | undefined;
  readonly unit: Tally;
  readonly colon: Tally;
  readonly comma: Tally;
  readonly pad: { readonly list: Tally; readonly object: Tally };
  readonly inline: { flat: number; nested: number; object: number };
  readonly escapes: { ascii: boolean | undefined; slash: boolean | undefined };
};

type Tally = Map<string, number>;

/** The style of a file. What it does not show (an empty object shows nothing) is that of the other file. */
export function styleOf(file: PlacedText, other: PlacedText): FileStyle {
  const seen = observed(file);
  const beside = observed(other);
  const common = (pick: (of: Observed) => Tally, usual: string): string =>
    mostCommon(pick(seen)) ?? mostCommon(pick(beside)) ?? usual;
  const inline = (what: 'flat' | 'nested' | 'object'): boolean =>
    (seen.inline[what] === 0 ? beside.inline[what] : seen.inline[what]) > 0;
  const lineBreak = seen.lineBreak === undefined ? beside.lineBreak : seen.lineBreak;
  return {
    lineBreak: lineBreak === undefined ? '\n' : lineBreak,
    unit: common((of) => of.unit, '  '),
    colon: common((of) => of.colon, ': '),
    comma: common((of) => of.comma, common((of) => of.colon, ': ') === ':' ? ',' : ', '),
    pad: { list: common((of) => of.pad.list, ''), object: common((of) => of.pad.object, '') },
    inline: { flat: inline('flat'), nested: inline('nested'), object: inline('object') },
    ascii: seen.escapes.ascii ?? beside.escapes.ascii ?? false,
    slash: seen.escapes.slash ?? beside.escapes.slash ?? false,
  };
}

/** The blanks at the beginning of the line on which an offset lies. */
export function indentationAt(text: string, offset: number): string {
  let from = offset;
  while (from > 0 && text[from - 1] !== '\n' && text[from - 1] !== '\r') from -= 1;
  let to = from;
  while (to < offset && (text[to] === ' ' || text[to] === '\t')) to += 1;
  return text.slice(from, to);
}

/** Whether there is a line break in a part of a text. */
export function breaksLine(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const c = text.charCodeAt(at);
    if (c === 0x0a || c === 0x0d) return true;
  }
  return false;
}

function observed({ text, places }: PlacedText): Observed {
  const seen: Observed = {
    lineBreak: undefined,
    unit: new Map(),
    colon: new Map(),
    comma: new Map(),
    pad: { list: new Map(), object: new Map() },
    inline: { flat: 0, nested: 0, object: 0 },
    escapes: escapesOf(text),
  };
  for (let at = 0; at < places.count && at < LOOKED_AT; at += 1) {
    if (places.next[at]! > at + 1) lookAt(seen, text, places, at);
  }
  if (places.next[0]! > 1) seen.lineBreak = firstBreak(text, places.start[0]!, places.end[0]!);
  return seen;
}

function lookAt(seen: Observed, text: string, places: JsonPlaces, container: number): void {
  const list = text[places.start[container]!] === '[';
  const children = childrenOf(places, container);
  const first = children[0]!;
  const opened = places.start[container]! + 1;
  const lead = text.slice(opened, places.key[first]);
  const nested = children.some((child) => places.next[child]! > child + 1);
  const what = list ? (nested ? 'nested' : 'flat') : 'object';
  if (/[\n\r]/.test(lead)) {
    seen.inline[what] -= 1;
    const outer = indentationAt(text, opened - 1);
    const inner = indentationAt(text, places.key[first]!);
    if (inner.startsWith(outer)) add(seen.unit, inner.slice(outer.length));
  } else {
    seen.inline[what] += 1;
    add(list ? seen.pad.list : seen.pad.object, lead);
  }
  for (let i = 0; i < Math.min(children.length, 100); i += 1) {
    const child = children[i]!;
    if (!list) add(seen.colon, afterKey(text, places, child));
    if (i === 0) continue;
    const between = text.slice(places.end[children[i - 1]!], places.key[child]);
    if (!/[\n\r]/.test(between)) add(seen.comma, between);
  }
}

/** From the closing quote of a key to its value, as `: `. */
export function afterKey(text: string, places: JsonPlaces, child: number): string {
  const start = places.start[child]!;
  return text.slice(text.lastIndexOf('"', start - 1) + 1, start);
}

function add(tally: Tally, what: string): void {
  tally.set(what, (tally.get(what) ?? 0) + 1);
}

function mostCommon(tally: Tally): string | undefined {
  let best: string | undefined;
  let most = 0;
  for (const [what, count] of tally) {
    if (count > most) [best, most] = [what, count];
  }
  return best;
}

function firstBreak(text: string, from: number, to: number): string | null {
  for (let at = from; at < to; at += 1) {
    if (text[at] === '\n') return '\n';
    if (text[at] === '\r') return text[at + 1] === '\n' ? '\r\n' : '\r';
  }
  return null;
}

/** What a file shows of escapes; undefined where it has no occasion to show it. */
function escapesOf(text: string): Observed['escapes'] {
  // oxlint-disable-next-line no-control-regex -- ASCII is meant
  const raw = /[^\u0000-\u007f]/.test(text);
  const escaped = /\\u(?!00[0-7])/.test(text);
  return {
    ascii: raw ? false : escaped ? true : undefined,
    slash: text.includes('\\/') ? true : text.includes('/') ? false : undefined,
  };
}
