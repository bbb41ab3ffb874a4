// @vitest-environment happy-dom
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { readKept } from './kept.ts';
import { DEFAULT_SETTINGS } from './settings.ts';

const folder = (change: object = {}) => ({
  path: '/run',
  tabs: [
    { kind: 'graph', source: 's' },
    { kind: 'node', source: 's', hash: 'ab', title: 'search' },
  ],
  active: 'graph:s',
  selection: { source: 's', hash: 'ab' },
  ...change,
});
const settings = {
  ...DEFAULT_SETTINGS,
  theme: 'dark',
  time: 'Asia/Tokyo',
  density: 'comfortable',
  uiFont: 'system',
  codeFont: 'system',
  uiSize: 15,
  codeSize: 16,
  minimap: false,
  layout: { ...DEFAULT_SETTINGS.layout, sources: 300, bottomOpen: true, bottomPane: 'problems' },
};
const kept = (change: object = {}) =>
  readKept(JSON.stringify({ version: 1, settings, folders: [folder()], parts: { wrap: 'off' }, ...change }));

it('what was kept is there again: every setting, tabs, the selection, parts of views', () => {
  expect(kept()).toEqual({ settings, folders: [folder()], parts: { wrap: 'off' } });
});

it('another version, or text that is no state, is nothing kept', () => {
  expect(kept({ version: 2 })).toBeNull();
  for (const text of ['', '{', 'null', '[]', '"text"', '{"version":"1"}']) expect(readKept(text)).toBeNull();
});

it('a broken setting is its default, and the others stay', () => {
  for (const [name, broken] of Object.entries({
    theme: 'blue',
    time: 'Nowhere/At_All',
    density: 3,
    uiFont: null,
    codeFont: 'serif',
    uiSize: 400,
    codeSize: '12',
    minimap: 'no',
  })) {
    const read = kept({ settings: { ...settings, [name]: broken } });
    expect(read?.settings, name).toEqual({
      ...settings,
      [name]: DEFAULT_SETTINGS[name as keyof typeof DEFAULT_SETTINGS],
    });
  }
  const layout = { ...settings.layout, sources: 9_999, bottom: Number.NaN };
  expect(kept({ settings: { ...settings, layout } })?.settings.layout).toEqual({
    ...settings.layout,
    sources: DEFAULT_SETTINGS.layout.sources,
    bottom: DEFAULT_SETTINGS.layout.bottom,
  });
});

it('a broken folder, tab, selection or part takes nothing else with it', () => {
  const tabs = [{ kind: 'graph', source: 's' }, { kind: 'later' }, 7];
  const read = kept({
    folders: [folder({ path: 3 }), folder({ tabs, selection: 'none' }), 'x'],
    parts: { wrap: 1 },
  });
  expect(read?.folders).toEqual([folder({ tabs: [{ kind: 'graph', source: 's' }], selection: null })]);
  expect(read?.parts).toEqual({});
});

it('operations and problems, once tabs, open as their pane', () => {
  const tabs = [{ kind: 'operations', source: 's' }];
  const read = kept({ settings: DEFAULT_SETTINGS, folders: [folder({ tabs, active: 'operations:s' })] });
  expect(read?.folders[0]?.tabs).toEqual([]);
  expect(read?.settings.layout).toMatchObject({ bottomOpen: true, bottomPane: 'operations' });
});

it('nothing that can stand in the file throws', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (a, b, c) => {
      const read = readKept(JSON.stringify({ version: 1, settings: a, folders: [b], parts: c }));
      expect(read?.settings.layout.sources).toBeTypeOf('number');
    }),
  );
});
