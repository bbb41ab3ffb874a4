import { createAnsiSequenceParser, type Color, type ParseToken } from 'ansi-sequence-parser';

export type Ink = {
  /** 0–15 of the palette, or a colour as `#rrggbb`; null: the theme's own */
  readonly fg: number | string | null;
  readonly bg: number | string | null;
  readonly inverse: boolean;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly strike: boolean;
};
export type Span = { readonly text: string; readonly ink: Ink | null };
/** What a terminal would show, line by line, and how many control sequences had another purpose than colour. */
export type Screen = { readonly lines: readonly (readonly Span[])[]; readonly removed: number };

const ESC = '\u001B';
// oxlint-disable no-control-regex -- control characters are the subject
/** Colours and weights, which are kept. */
const SGR = /^\u001B\[[\d;:]*m$/;
/** CSI, then OSC, DCS, SOS, PM and APC up to their end, then two- and three-character sequences, C1, single controls. */
const CONTROL =
  /\u001B\[[\d;:<=>?]*[ -/]*[@-~]|\u001B[\]PX^_](?:[^\u0007\u001B\u009C]|\u001B(?!\\))*(?:\u0007|\u001B\\|\u009C|$)|\u001B[ -/]*[0-~]|\u009B[\d;:<=>?]*[ -/]*[@-~]|\r\n|[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g;
const ERASE = /^\u001B\[([012]?)K$/;
// oxlint-enable no-control-regex

/** Whether a text was written for a terminal: it holds escape sequences, or lines that overwrite themselves. */
export function isTerminalText(text: string): boolean {
  return text.includes(`${ESC}[`) || text.includes(`${ESC}]`) || /[^\r\n]\r[^\r\n]/.test(text);
}

/** A line that is being written. `at` is where the next character goes; `END` is behind the last one. */
type Line = { spans: Span[]; at: number };
const END = Number.POSITIVE_INFINITY;

/**
 * Plays output through: colours and weights stay, a carriage return and a backspace go back, the rest of a line can be
 * erased, and every other control sequence is dropped and counted. Links and titles of terminals count too.
 */
export function playTerminal(text: string): Screen {
  const colours = createAnsiSequenceParser();
  const lines: (readonly Span[])[] = [];
  let line: Line = { spans: [], at: END };
  let removed = 0;
  let ink: Ink | null = null;

  const newLine = (): void => {
    lines.push(line.spans);
    line = { spans: [], at: END };
  };
  const say = (piece: string): void => {
    const parts = piece.split('\n');
    for (let i = 0; i < parts.length; i += 1) {
      if (i > 0) newLine();
      put(line, parts[i]!, ink);
    }
  };

  let from = 0;
  for (const match of text.matchAll(CONTROL)) {
    const sequence = match[0];
    if (match.index > from) say(text.slice(from, match.index));
    from = match.index + sequence.length;
    if (SGR.test(sequence)) {
      // the library tells its state by the next text, and knows neither an empty reset nor colons
      const known = sequence.replace('[m', '[0m').replace(':2::', ';2;').replaceAll(':', ';');
      ink = inkOf(colours.parse(`${known}.`)[0]);
    } else if (sequence === '\r\n') newLine();
    else if (sequence === '\r') line.at = 0;
    else if (sequence === '\b') line.at = Math.max(0, Math.min(line.at, cellsOf(line).length) - 1);
    else if (ERASE.test(sequence)) erase(line, sequence);
    else removed += 1;
  }
  if (from < text.length) say(text.slice(from));
  if (line.spans.length > 0) newLine();
  return { lines, removed };
}

type Cell = { readonly text: string; readonly ink: Ink | null };

const cellsOf = (line: Line): Cell[] =>
  line.spans.flatMap(({ text, ink }) => Array.from(text, (cell) => ({ text: cell, ink })));

function put(line: Line, text: string, ink: Ink | null): void {
  if (text === '') return;
  if (line.at === END) {
    append(line.spans, text, ink);
    return;
  }
  const cells = cellsOf(line);
  for (const cell of text) {
    cells[line.at] = { text: cell, ink };
    line.at += 1;
  }
  const end = line.at >= cells.length;
  line.spans = spansOf(cells);
  if (end) line.at = END;
}

function erase(line: Line, sequence: string): void {
  const what = ERASE.exec(sequence)?.[1] ?? '0';
  const cells = cellsOf(line);
  const at = Math.min(line.at, cells.length);
  const blank: Cell = { text: ' ', ink: null };
  const kept =
    what === '1'
      ? cells.map((cell, i) => (i <= at ? blank : cell))
      : what === '2'
        ? Array.from({ length: at }, () => blank)
        : cells.slice(0, at);
  line.spans = spansOf(kept);
  if (at >= kept.length) line.at = END;
}

function spansOf(cells: readonly Cell[]): Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (let i = 1; i <= cells.length; i += 1) {
    if (i < cells.length && sameInk(cells[i]!.ink, cells[from]!.ink)) continue;
    const text = cells.slice(from, i).map((cell) => cell.text);
    append(spans, text.join(''), cells[from]!.ink);
    from = i;
  }
  return spans;
}

function append(spans: Span[], text: string, ink: Ink | null): void {
  const last = spans.at(-1);
  if (last === undefined || !sameInk(last.ink, ink)) spans.push({ text, ink });
  else spans[spans.length - 1] = { text: last.text + text, ink };
}

const sameInk = (a: Ink | null, b: Ink | null): boolean =>
  a === b || (a !== null && b !== null && JSON.stringify(a) === JSON.stringify(b));

const NAMES = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

function colourOf(colour: Color | null): number | string | null {
  if (colour === null) return null;
  switch (colour.type) {
    case 'named': {
      const bright = colour.name.startsWith('bright');
      const name = bright ? colour.name.slice(6).toLowerCase() : colour.name;
      return NAMES.indexOf(name) + (bright ? 8 : 0);
    }
    case 'table':
      return tableColour(colour.index);
    case 'rgb':
      return hex(colour.rgb);
  }
}

/** The 256 colours of xterm: 16 of the palette, a cube of 6 × 6 × 6, 24 greys. */
function tableColour(index: number): number | string | null {
  if (!Number.isInteger(index) || index < 0 || index > 255) return null;
  if (index < 16) return index;
  if (index >= 232) return hex([8 + (index - 232) * 10, 8 + (index - 232) * 10, 8 + (index - 232) * 10]);
  const at = index - 16;
  return hex([level(Math.floor(at / 36)), level(Math.floor(at / 6) % 6), level(at % 6)]);
}

const level = (step: number): number => (step === 0 ? 0 : 55 + step * 40);
const hex = (rgb: readonly number[]): string => `#${two(rgb[0])}${two(rgb[1])}${two(rgb[2])}`;

function two(value: number | undefined): string {
  const whole = Math.max(0, Math.min(255, Math.round(value ?? 0)));
  return (Number.isNaN(whole) ? 0 : whole).toString(16).padStart(2, '0');
}

function inkOf(token: ParseToken | undefined): Ink | null {
  if (token === undefined) return null;
  const { decorations } = token;
  if (token.foreground === null && token.background === null && decorations.size === 0) return null;
  return {
    fg: colourOf(token.foreground),
    bg: colourOf(token.background),
    inverse: decorations.has('reverse'),
    bold: decorations.has('bold'),
    // what a terminal would hide is shown faint: hidden text can mislead
    dim: decorations.has('dim') || decorations.has('hidden'),
    italic: decorations.has('italic'),
    underline: decorations.has('underline'),
    strike: decorations.has('strikethrough'),
  };
}
