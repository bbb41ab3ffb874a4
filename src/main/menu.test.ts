import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { isMenuCommand, MENU_COMMANDS, menuCommand } from '../contract/menu.ts';
import { accelerator } from './accelerator.ts';
import { menuTemplate, NOTHING_YET, type MenuOptions, type RecentFolder } from './menu.ts';

type Item = MenuItemConstructorOptions;

/** The keys of the roles, as Electron's documentation and source have them on Linux and Windows. */
const ROLE_KEYS: Readonly<Record<string, string>> = {
  undo: 'CmdOrCtrl+Z',
  redo: 'CmdOrCtrl+Shift+Z',
  cut: 'CmdOrCtrl+X',
  copy: 'CmdOrCtrl+C',
  paste: 'CmdOrCtrl+V',
  selectAll: 'CmdOrCtrl+A',
  reload: 'CmdOrCtrl+R',
  toggleDevTools: 'CmdOrCtrl+Shift+I',
  togglefullscreen: 'F11',
  zoomIn: 'CmdOrCtrl+Plus',
  zoomOut: 'CmdOrCtrl+-',
  resetZoom: 'CmdOrCtrl+0',
  quit: 'CmdOrCtrl+Q',
  close: 'CmdOrCtrl+W',
  hide: 'CmdOrCtrl+H',
  hideOthers: 'CmdOrCtrl+Alt+H',
};

const recent = (path: string, open = true): RecentFolder => ({ path, open });

function menuOf(change: Partial<MenuOptions> = {}) {
  const chosen: string[] = [];
  const template = menuTemplate(
    { isMac: false, inDevelopment: false, recents: [], state: NOTHING_YET, ...change },
    {
      command: (id) => chosen.push(id),
      openFolder: (path) => chosen.push(`folder ${path}`),
      forgetRecents: () => chosen.push('forget'),
      showLog: () => chosen.push('log'),
      about: () => chosen.push('about'),
    },
  );
  const all = (items: readonly Item[]): Item[] =>
    items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? all(item.submenu) : [])]);
  return { template, items: all(template), chosen };
}

const click = (item: Item | undefined) => item?.click?.(null as never, undefined, null as never);

describe.each([
  { on: 'Linux and Windows', isMac: false },
  { on: 'macOS', isMac: true },
])('the menu on $on', ({ isMac }) => {
  it('has every command once, and each runs itself', () => {
    const { items, chosen } = menuOf({ isMac });
    const commands = items.filter(({ id }) => isMenuCommand(id));
    expect(commands.map(({ id }) => id).sort()).toEqual(Object.keys(MENU_COMMANDS).sort());
    for (const item of commands) click(item);
    expect(chosen).toEqual(commands.map(({ id }) => id));
  });

  it('has something to do behind every entry', () => {
    const { items } = menuOf({ isMac, inDevelopment: true, recents: [recent('/a')] });
    for (const item of items) {
      const does = item.role ?? item.click ?? item.submenu ?? (item.type === 'separator' ? true : null);
      expect(does, item.label).not.toBeNull();
    }
  });

  it('has no key twice, and those of the window are shown only', () => {
    const { items } = menuOf({ isMac, inDevelopment: true });
    const keys = items.flatMap(({ accelerator: own, role }) => own ?? ROLE_KEYS[role ?? ''] ?? []);
    expect(keys.length).toBeGreaterThan(20);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
    for (const item of items) {
      if (item.accelerator === undefined) continue;
      expect(item.registerAccelerator, item.label).toBe(false);
      expect(item.accelerator).toBe(accelerator(menuCommand(item.id as never).keys ?? '', isMac));
    }
  });

  it('reloads the page from source only', () => {
    const [source, packed] = [true, false].map((inDevelopment) =>
      menuOf({ isMac, inDevelopment }).items.map(({ role }) => role),
    );
    expect(source).toContain('reload');
    expect(packed).not.toContain('reload');
    expect(packed).not.toContain('forceReload');
  });
});

describe('the menu', () => {
  it('takes no key of typing on macOS, where what it shows it takes', () => {
    const { items } = menuOf({ isMac: true });
    for (const { accelerator: own } of items) if (own !== undefined) expect(own).toContain('CmdOrCtrl');
    expect(items.find(({ id }) => id === 'keys')?.accelerator).toBeUndefined();
    expect(menuOf().items.find(({ id }) => id === 'keys')?.accelerator).toBe('?');
  });

  it('offers what the window can do, and the theme in use', () => {
    const { items } = menuOf({ state: { possible: ['fork'], theme: 'dark' } });
    const enabled = items.filter((item) => isMenuCommand(item.id) && item.enabled === true);
    expect(enabled.map(({ id }) => id)).toEqual(['fork']);
    expect(items.filter(({ checked }) => checked === true).map(({ id }) => id)).toEqual(['theme-dark']);
  });

  it('lists the folders opened before, those that are gone dimmed', () => {
    const names = [
      '/runs/a & b',
      '/gone',
      `/${'x'.repeat(300)}`,
      '/evil\n\u202Etxt',
      ...Array.from({ length: 20 }, (_, i) => `/${i}`),
    ];
    const { items, chosen } = menuOf({ recents: names.map((path) => recent(path, path !== '/gone')) });
    const list = items.find(({ id }) => id === 'recents')?.submenu as Item[];
    expect(list).toHaveLength(14);
    expect(list[0]?.label).toBe('a && b  (/runs/a && b)');
    expect(list[1]?.enabled).toBe(false);
    expect([...(list[2]?.label ?? '')]).toHaveLength(90);
    expect(list[3]?.label).not.toMatch(/[\n\u202E]/);
    click(list[0]);
    click(items.find(({ id }) => id === 'forget-recents'));
    click(items.find(({ id }) => id === 'log'));
    click(items.find(({ id }) => id === 'about'));
    expect(chosen).toEqual(['folder /runs/a & b', 'forget', 'log', 'about']);
    const empty = menuOf().items.find(({ id }) => id === 'recents')?.submenu as Item[];
    expect(empty.map(({ enabled }) => enabled)).toEqual([false]);
  });
});
