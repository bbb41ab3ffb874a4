import type * as Electron from 'electron';
import { seen } from './world.ts';

/** What Electron takes as an accelerator (its documentation, "Keyboard shortcuts"). */
const ACCELERATOR =
  /^(?:(?:Command|Cmd|Control|Ctrl|CommandOrControl|CmdOrCtrl|Alt|Option|AltGr|Shift|Super|Meta)\+)*(?:[0-9A-Z]|F\d{1,2}|[)!@#$%^&*(:;<,_>.?/~`{}|[\]\\"'=-]|Plus|Space|Tab|Backspace|Delete|Insert|Return|Enter|Up|Down|Left|Right|Home|End|PageUp|PageDown|Escape|Esc)$/;

/** Electron's `MenuItem`: what of it can be changed after it was made is writable. */
export class MenuItem {
  readonly id: string;
  readonly label: string;
  readonly type: string;
  readonly role: string | null;
  readonly accelerator: string | null;
  readonly registerAccelerator: boolean;
  readonly submenu: Menu | null;
  readonly #click: Electron.MenuItemConstructorOptions['click'];
  enabled: boolean;
  checked: boolean;

  constructor(options: Electron.MenuItemConstructorOptions) {
    const { label, role, accelerator, submenu } = options;
    if (label === undefined && role === undefined && options.type !== 'separator')
      throw new Error('An entry needs a label, a role or a type');
    if (accelerator !== undefined && !ACCELERATOR.test(accelerator))
      throw new Error(`${accelerator} is no accelerator`);
    this.id = options.id ?? '';
    this.label = label ?? role ?? '';
    this.type = options.type ?? (submenu === undefined ? 'normal' : 'submenu');
    this.role = role ?? null;
    this.accelerator = accelerator ?? null;
    this.registerAccelerator = options.registerAccelerator ?? true;
    this.enabled = options.enabled ?? true;
    this.checked = options.checked ?? false;
    this.submenu = Array.isArray(submenu) ? Menu.buildFromTemplate(submenu) : null;
    this.#click = options.click;
  }
  /** The person chooses it. */
  choose(): void {
    if (!this.enabled) throw new Error(`${this.label} can't be chosen now`);
    this.#click?.(null as never, undefined, null as never);
  }
}

let applicationMenu: Menu | null = null;

/** Electron's `Menu`. */
export class Menu {
  readonly items: readonly MenuItem[];
  constructor(items: readonly MenuItem[]) {
    this.items = items;
  }
  static buildFromTemplate(template: readonly Electron.MenuItemConstructorOptions[]): Menu {
    const menu = new Menu(template.map((options) => new MenuItem(options)));
    const ids = menu.all().flatMap(({ id }) => (id === '' ? [] : [id]));
    if (new Set(ids).size !== ids.length) throw new Error('Two entries have one id');
    return menu;
  }
  static setApplicationMenu(menu: Menu): void {
    applicationMenu = menu;
  }
  static getApplicationMenu(): Menu | null {
    return applicationMenu;
  }
  /** every entry, at any depth */
  all(): readonly MenuItem[] {
    return this.items.flatMap((item) => [item, ...(item.submenu?.all() ?? [])]);
  }
  getMenuItemById(id: string): MenuItem | null {
    return this.all().find((item) => item.id === id) ?? null;
  }
  popup(options: Electron.PopupOptions): void {
    seen.popups.push(options);
  }
}
