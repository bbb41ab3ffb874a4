import { create } from 'zustand';

export type ThemeSetting = 'system' | 'light' | 'dark';
export type TimeSetting = 'local' | 'utc';

/** Sizes in pixels; the inspector and the sources pane may be closed. */
export type LayoutSetting = {
  readonly sources: number;
  readonly inspector: number;
  readonly sourcesOpen: boolean;
  readonly inspectorOpen: boolean;
};

export type Settings = {
  readonly theme: ThemeSetting;
  readonly time: TimeSetting;
  readonly layout: LayoutSetting;
};

export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  time: 'local',
  layout: { sources: 240, inspector: 376, sourcesOpen: true, inspectorOpen: true },
};

/** What the person set for this window, kept in the app folder and never in a store. */
export const useSettings = create<Settings>(() => DEFAULT_SETTINGS);

export const setTheme = (theme: ThemeSetting): void => useSettings.setState({ theme });
export const setTime = (time: TimeSetting): void => useSettings.setState({ time });
export const setLayout = (change: Partial<LayoutSetting>): void =>
  useSettings.setState(({ layout }) => ({ layout: { ...layout, ...change } }));

const dark = window.matchMedia('(prefers-color-scheme: dark)');

/** The theme that is shown: the setting, or what the system says. */
export function shownTheme(setting: ThemeSetting): 'light' | 'dark' {
  if (setting !== 'system') return setting;
  return dark.matches ? 'dark' : 'light';
}

/** Keeps `data-theme` of the document in step with the setting and the system. */
export function followTheme(): void {
  const apply = () => {
    document.documentElement.dataset['theme'] = shownTheme(useSettings.getState().theme);
  };
  dark.addEventListener('change', apply);
  useSettings.subscribe(apply);
  apply();
}
