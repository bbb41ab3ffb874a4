import { onPaletteChange } from '../../graph/zoom/palette.ts';

/** The colours and fonts of the drawn timeline, as the theme has them now. */
export type Colours = {
  readonly surface: string;
  readonly sunken: string;
  readonly active: string;
  readonly fg: string;
  readonly muted: string;
  readonly subtle: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly control: string;
  readonly accent: string;
  readonly accentSoft: string;
  readonly selected: string;
  readonly bar: string;
  readonly warn: string;
  readonly bad: string;
  readonly ok: string;
  readonly font: string;
};

const FORCED = '(forced-colors: active)';
let known: Colours | null = null;

/** Reads the tokens; where the system forces its own colours, those. */
export function readColours(): Colours {
  if (known !== null) return known;
  const probe = document.createElement('span');
  probe.style.cssText = 'position:absolute;visibility:hidden;forced-color-adjust:none';
  document.body.append(probe);
  const style = getComputedStyle(probe);
  const forced = window.matchMedia(FORCED).matches;
  const colour = (token: string, system: string): string => {
    probe.style.color = forced ? system : `var(${token})`;
    return style.color;
  };
  known = {
    surface: colour('--bg-surface', 'Canvas'),
    sunken: colour('--bg-sunken', 'Canvas'),
    active: colour('--bg-active', 'Canvas'),
    fg: colour('--fg', 'CanvasText'),
    muted: colour('--fg-muted', 'CanvasText'),
    subtle: colour('--fg-subtle', 'CanvasText'),
    line: colour('--line', 'GrayText'),
    lineStrong: colour('--line-strong', 'GrayText'),
    control: colour('--line-control', 'CanvasText'),
    accent: colour('--accent', 'Highlight'),
    accentSoft: colour('--accent-soft', 'Canvas'),
    selected: colour('--bg-selected', 'Canvas'),
    bar: colour('--lane-1', 'CanvasText'),
    warn: colour('--warn', 'CanvasText'),
    bad: colour('--bad', 'LinkText'),
    ok: colour('--ok', 'CanvasText'),
    font: getComputedStyle(document.documentElement).getPropertyValue('--font-ui').trim() || 'sans-serif',
  };
  probe.remove();
  return known;
}

/** The same where no finding is an error: nothing of it is drawn as bad. */
export const withFindings = (colours: Colours, tone: 'bad' | 'warn'): Colours =>
  tone === 'bad' ? colours : { ...colours, bad: colours.warn };

/** Runs `listener` after the theme, the contrast or the fonts changed; returns the end of it. */
export const onColoursChange = (listener: () => void): (() => void) =>
  onPaletteChange(() => {
    known = null;
    listener();
  });
