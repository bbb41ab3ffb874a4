import type { Palette } from './palette.ts';
import { visibleText } from '../../../ui/visible-text.ts';

/** What is written at most of one text: no name needs more to be told apart, and measuring longer ones costs frames. */
const MOST_CHARACTERS = 120;
const KEEP_TEXTS = 4000;

export type TextStyle = 'ui' | 'strong' | 'mono';

/** Sets the font of a style, 11 px, and its colour. */
export function setFont(
  context: CanvasRenderingContext2D,
  palette: Palette,
  style: TextStyle,
  colour: string,
): void {
  const weight = style === 'ui' ? '400' : '500';
  context.font = `${weight} 11px ${style === 'mono' ? palette.fontMono : palette.fontUi}`;
  context.fillStyle = colour;
}

const fitted = new Map<string, { readonly text: string; readonly width: number }>();

/** The text cut to `room` px in the font that is set, with its width; control characters are made visible. */
export function fitText(
  context: CanvasRenderingContext2D,
  text: string,
  room: number,
): { readonly text: string; readonly width: number } {
  const key = `${context.font}\n${Math.round(room)}\n${text.slice(0, MOST_CHARACTERS + 1)}`;
  const known = fitted.get(key);
  if (known !== undefined) return known;
  const whole = visibleText(text.slice(0, MOST_CHARACTERS)) + (text.length > MOST_CHARACTERS ? '…' : '');
  const made = cut(context, whole, room);
  if (fitted.size >= KEEP_TEXTS) fitted.clear();
  fitted.set(key, made);
  return made;
}

function cut(context: CanvasRenderingContext2D, text: string, room: number) {
  const width = context.measureText(text).width;
  if (width <= room) return { text, width };
  const characters = [...text];
  let low = 0;
  let high = characters.length;
  const shortened = (length: number): string => `${characters.slice(0, length).join('').trimEnd()}…`;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (context.measureText(shortened(middle)).width <= room) low = middle;
    else high = middle - 1;
  }
  const short = shortened(low);
  return { text: short, width: context.measureText(short).width };
}

/** Forgets widths that were measured in other fonts. */
export const forgetTexts = (): void => fitted.clear();
