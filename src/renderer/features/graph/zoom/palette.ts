/** The colours that a canvas needs, as the theme has them now. */
export type Palette = {
  /** by lane colour, 1 to 8; 0 is the first */
  readonly lanes: readonly string[];
  readonly surface: string;
  readonly fg: string;
  readonly muted: string;
  readonly subtle: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly bad: string;
  readonly accent: string;
  readonly selected: string;
  readonly selectedIdle: string;
  readonly fontUi: string;
  readonly fontMono: string;
};

const LANES = [1, 1, 2, 3, 4, 5, 6, 7, 8] as const;
const FORCED = '(forced-colors: active)';

let known: Palette | null = null;

/** Reads the tokens; where the system forces its own colours, those. */
export function readPalette(): Palette {
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
    lanes: LANES.map((lane) => colour(`--lane-${lane}`, 'CanvasText')),
    surface: colour('--bg-surface', 'Canvas'),
    fg: colour('--fg', 'CanvasText'),
    muted: colour('--fg-muted', 'CanvasText'),
    subtle: colour('--fg-subtle', 'CanvasText'),
    line: colour('--line', 'GrayText'),
    lineStrong: colour('--line-strong', 'CanvasText'),
    bad: colour('--bad', 'LinkText'),
    accent: colour('--accent', 'Highlight'),
    selected: colour('--bg-selected', 'Canvas'),
    selectedIdle: colour('--bg-selected-idle', 'Canvas'),
    fontUi: token('--font-ui').trim() || 'sans-serif',
    fontMono: token('--font-mono').trim() || 'monospace',
  };
  probe.remove();
  return known;
}

const token = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name);

/** Runs `listener` after the theme, the contrast or the fonts changed; returns the end of it. */
export function onPaletteChange(listener: () => void): () => void {
  const change = (): void => {
    known = null;
    listener();
  };
  const observer = new MutationObserver(change);
  observer.observe(document.documentElement, { attributes: true });
  const forced = window.matchMedia(FORCED);
  forced.addEventListener('change', change);
  document.fonts.addEventListener('loadingdone', change);
  return () => {
    observer.disconnect();
    forced.removeEventListener('change', change);
    document.fonts.removeEventListener('loadingdone', change);
  };
}

/** Red, green and blue of a computed colour such as `rgb(81, 119, 255)`. */
export function rgbOf(colour: string): readonly [number, number, number] {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  return [red, green, blue];
}
