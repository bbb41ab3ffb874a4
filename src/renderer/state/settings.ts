import { create } from 'zustand';
import type { Zone } from '../ui/format.ts';

export type ThemeSetting = 'system' | 'light' | 'dark';
/** `local`, `utc`, or the name of a zone such as `Europe/Vienna`. */
export type TimeSetting = Zone;
export type DensitySetting = 'compact' | 'comfortable';
export type BottomPane = 'operations' | 'problems';

/** Sizes in pixels; the sources, the inspector and the bottom panel may be closed. */
export type LayoutSetting = {
  readonly sources: number;
  readonly inspector: number;
  readonly bottom: number;
  readonly sourcesOpen: boolean;
  readonly inspectorOpen: boolean;
  readonly bottomOpen: boolean;
  readonly bottomPane: BottomPane;
};

export type Settings = {
  readonly theme: ThemeSetting;
  readonly time: TimeSetting;
  readonly density: DensitySetting;
  /** the bundled typeface, or the one of the system */
  readonly uiFont: 'inter' | 'system';
  readonly codeFont: 'jetbrains' | 'system';
  /** in pixels */
  readonly uiSize: number;
  readonly codeSize: number;
  readonly minimap: boolean;
  readonly layout: LayoutSetting;
};

/** The smallest and the largest size of each font, in pixels. */
export const FONT_SIZES = { uiSize: [12, 16], codeSize: [11, 18] } as const;

export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  time: 'local',
  density: 'compact',
  uiFont: 'inter',
  codeFont: 'jetbrains',
  uiSize: 13,
  codeSize: 12,
  minimap: true,
  layout: {
    sources: 240,
    inspector: 376,
    bottom: 240,
    sourcesOpen: true,
    inspectorOpen: true,
    bottomOpen: false,
    bottomPane: 'problems',
  },
};

/** What the person set for this window, kept in the app folder and never in a store. */
export const useSettings = create<Settings>(() => DEFAULT_SETTINGS);

export const setTheme = (theme: ThemeSetting): void => useSettings.setState({ theme });
export const setTime = (time: TimeSetting): void => useSettings.setState({ time });
export const setSettings = (change: Partial<Omit<Settings, 'layout'>>): void => useSettings.setState(change);
export const setLayout = (change: Partial<LayoutSetting>): void =>
  useSettings.setState(({ layout }) => ({ layout: { ...layout, ...change } }));

/** The height of a row of calls in pixels; `--h-row` is the same in styles. */
export const rowHeight = ({ density, uiSize }: Pick<Settings, 'density' | 'uiSize'>): number =>
  uiSize + (density === 'compact' ? 15 : 21);

/** Puts everything but the layout of the panes back to what it was at first. */
export function resetSettings(): void {
  const { layout: _kept, ...rest } = DEFAULT_SETTINGS;
  useSettings.setState(rest);
}

const dark = window.matchMedia('(prefers-color-scheme: dark)');

/** The theme that is shown: the setting, or what the system says. */
export function shownTheme(setting: ThemeSetting): 'light' | 'dark' {
  if (setting !== 'system') return setting;
  return dark.matches ? 'dark' : 'light';
}

/** Keeps the document in step with the settings and the system: `data-theme`, `data-density`, fonts and their sizes. */
export function followSettings(): void {
  const apply = () => {
    const { theme, density, uiFont, codeFont, uiSize, codeSize } = useSettings.getState();
    const { dataset, style } = document.documentElement;
    dataset['theme'] = shownTheme(theme);
    dataset['density'] = density;
    dataset['uiFont'] = uiFont;
    dataset['codeFont'] = codeFont;
    style.setProperty('--ui-size', String(uiSize));
    style.setProperty('--code-size', String(codeSize));
  };
  dark.addEventListener('change', apply);
  useSettings.subscribe(apply);
  apply();
}
