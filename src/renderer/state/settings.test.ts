// @vitest-environment happy-dom
import { beforeAll, beforeEach, expect, it } from 'vitest';
import {
  DEFAULT_SETTINGS,
  followSettings,
  resetSettings,
  rowHeight,
  setLayout,
  setSettings,
  setTheme,
  setTime,
  useSettings,
} from './settings.ts';

beforeAll(followSettings);
beforeEach(() => useSettings.setState(DEFAULT_SETTINGS));

const page = () => {
  const { dataset, style } = document.documentElement;
  const { theme, density, uiFont, codeFont } = dataset;
  return {
    theme,
    density,
    uiFont,
    codeFont,
    uiSize: style.getPropertyValue('--ui-size'),
    codeSize: style.getPropertyValue('--code-size'),
  };
};

it('every setting of the look is on the page at once, and goes back with the defaults', () => {
  const before = page();
  setTheme('dark');
  setSettings({ density: 'comfortable', uiFont: 'system', codeFont: 'system', uiSize: 16, codeSize: 18 });
  expect(page()).toEqual({
    theme: 'dark',
    density: 'comfortable',
    uiFont: 'system',
    codeFont: 'system',
    uiSize: '16',
    codeSize: '18',
  });
  resetSettings();
  expect(page()).toEqual(before);
});

it('the defaults leave the panes where they are', () => {
  setTime('utc');
  setSettings({ minimap: false });
  setLayout({ sources: 300, bottomOpen: true });
  resetSettings();
  const { layout, ...rest } = useSettings.getState();
  expect(layout).toEqual({ ...DEFAULT_SETTINGS.layout, sources: 300, bottomOpen: true });
  expect({ ...rest, layout: DEFAULT_SETTINGS.layout }).toEqual(DEFAULT_SETTINGS);
});

it('rows grow with the density and the size of the texts', () => {
  expect(rowHeight({ density: 'compact', uiSize: 13 })).toBe(28);
  expect(rowHeight({ density: 'comfortable', uiSize: 13 })).toBe(34);
  expect(rowHeight({ density: 'compact', uiSize: 16 })).toBe(31);
});
