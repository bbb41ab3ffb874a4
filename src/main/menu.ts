import { basename } from 'node:path';
import type { Menu, MenuItemConstructorOptions } from 'electron';
import {
  isMenuCommand,
  MENU_COMMANDS,
  menuCommand,
  type MenuCommandId,
  type MenuState,
} from '../contract/menu.ts';
import type { Recent } from '../contract/workspace.ts';
import { accelerator } from './accelerator.ts';

/** What the entries do that are no commands of the window. */
export type MenuActions = {
  readonly command: (id: MenuCommandId) => void;
  readonly openFolder: (path: string) => void;
  readonly forgetRecents: () => void;
  readonly showLog: () => void;
  readonly about: () => void;
};

export type RecentFolder = Pick<Recent, 'path' | 'open'>;

export type MenuOptions = {
  readonly isMac: boolean;
  /** from source: the page can be loaded again */
  readonly inDevelopment: boolean;
  readonly recents: readonly RecentFolder[];
  readonly state: MenuState;
};

type Items = MenuItemConstructorOptions[];

/** Before the window has said what it can do. The folder can be opened at once. */
export const NOTHING_YET: MenuState = { possible: ['open'], theme: 'system' };

const LINE: MenuItemConstructorOptions = { type: 'separator' };
const THEMES = ['theme-system', 'theme-light', 'theme-dark'] as const;
/** A menu that is longer does not fit small screens; Welcome lists all. */
const MAX_RECENTS = 12;

/** The whole menu. Its commands and keys are the window's own (`contract/menu.ts`). */
export function menuTemplate(options: MenuOptions, actions: MenuActions): Items {
  const { isMac, inDevelopment, state } = options;
  const commands = (...ids: readonly MenuCommandId[]): Items =>
    ids.map((id) => commandItem(id, options, actions));
  const themes: Items = THEMES.map((id) => ({
    ...commandItem(id, options, actions),
    type: 'radio',
    checked: id === `theme-${state.theme}`,
  }));
  const about: MenuItemConstructorOptions = { id: 'about', label: 'About Vekscope', click: actions.about };
  const app: Items = [
    about,
    LINE,
    ...commands('settings'),
    LINE,
    { role: 'services' },
    LINE,
    { role: 'hide' },
    { role: 'hideOthers' },
    { role: 'unhide' },
    LINE,
    { role: 'quit' },
  ];
  return [
    ...(isMac ? [{ label: 'Vekscope', submenu: app }] : []),
    {
      label: '&File',
      submenu: [
        ...commands('open', 'open-file'),
        { id: 'recents', label: 'Open recent', submenu: recentItems(options.recents, actions) },
        ...commands('reopen', 'sample'),
        LINE,
        ...commands('close-tab', 'close'),
        LINE,
        ...(isMac
          ? [{ role: 'close' } as const]
          : [...commands('settings'), LINE, { role: 'quit' } as const]),
      ],
    },
    {
      label: '&Edit',
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        LINE,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: '&Repository',
      submenu: [
        ...commands('fork', 'tag', 'branch', 'merge'),
        LINE,
        ...commands('undo'),
        LINE,
        ...commands('check', 'integrity', 'operations', 'problems'),
      ],
    },
    {
      label: '&Agents',
      submenu: [
        ...commands('fleet', 'costs', 'runs', 'escalations'),
        LINE,
        ...commands('edit-file', 'file-history', 'new-file'),
        LINE,
        ...commands('review-changes', 'new-change-set', 'versions', 'search-files'),
        LINE,
        ...commands('doctor', 'bad-lines'),
      ],
    },
    {
      label: '&Ledger',
      submenu: [
        ...commands('ledger', 'accounts', 'proof'),
        LINE,
        ...commands('verify-ledger', 'next-finding', 'previous-finding'),
        LINE,
        ...commands('ledger-group', 'ledger-timeline'),
      ],
    },
    {
      label: '&View',
      submenu: [
        ...commands('graph', 'sources', 'inspector', 'panel'),
        LINE,
        ...commands('filter', 'focus', 'fold', 'failed'),
        LINE,
        ...commands('zoom-in', 'zoom-out', 'zoom-reset'),
        LINE,
        { label: 'Theme', submenu: themes },
        ...commands('time'),
        {
          label: 'Text size',
          submenu: [
            { role: 'zoomIn', label: 'Larger' },
            { role: 'zoomOut', label: 'Smaller' },
            { role: 'resetZoom', label: 'Usual size' },
          ],
        },
        LINE,
        ...(inDevelopment ? [{ role: 'reload' } as const] : []),
        { role: 'toggleDevTools' },
        { role: 'togglefullscreen' },
      ],
    },
    {
      label: '&Go',
      submenu: [
        ...commands('back', 'forward'),
        LINE,
        ...commands('palette', 'jump'),
        LINE,
        ...commands('next-mark', 'previous-mark'),
        LINE,
        ...commands('next-call', 'previous-call', 'parent', 'child'),
        LINE,
        ...commands('next-tab', 'previous-tab'),
      ],
    },
    // elsewhere its Ctrl+W would close the program instead of a tab
    ...(isMac ? [{ role: 'windowMenu' } as const] : []),
    {
      label: '&Help',
      role: 'help',
      submenu: [
        ...commands('keys', 'recording'),
        LINE,
        { id: 'log', label: 'Show the log file', click: actions.showLog },
        ...(isMac ? [] : [LINE, about]),
      ],
    },
  ];
}

/** Puts what the window said into a menu that stands already. */
export function applyMenuState(menu: Menu, state: MenuState): void {
  const possible = new Set(state.possible);
  for (const id of Object.keys(MENU_COMMANDS).filter(isMenuCommand)) {
    const item = menu.getMenuItemById(id);
    if (item !== null) item.enabled = possible.has(id);
  }
  for (const id of THEMES) {
    const item = menu.getMenuItemById(id);
    if (item !== null && id === `theme-${state.theme}`) item.checked = true;
  }
}

function commandItem(
  id: MenuCommandId,
  { isMac, state }: MenuOptions,
  { command }: MenuActions,
): MenuItemConstructorOptions {
  const { label, keys } = menuCommand(id);
  const shown = keys === undefined ? null : accelerator(keys, isMac);
  return {
    id,
    label,
    enabled: state.possible.includes(id),
    // the page hears its keys first; were they the system's too, they would work in fields and dialogs as well
    ...(shown === null ? {} : { accelerator: shown, registerAccelerator: false }),
    click: () => command(id),
  };
}

function recentItems(recents: readonly RecentFolder[], actions: MenuActions): Items {
  if (recents.length === 0) return [{ label: 'No folder was opened yet', enabled: false }];
  return [
    ...recents.slice(0, MAX_RECENTS).map(({ path, open }): MenuItemConstructorOptions => ({
      label: menuText(`${basename(path)}  (${path})`),
      enabled: open,
      click: () => actions.openFolder(path),
    })),
    LINE,
    { id: 'forget-recents', label: 'Clear this list', click: actions.forgetRecents },
  ];
}

const MAX_LABEL = 90;

/** The name of a folder as a label: one line, nothing invisible, no mnemonic. */
function menuText(text: string): string {
  const plain = text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\ufffd');
  const signs = [...plain];
  const short =
    signs.length <= MAX_LABEL
      ? plain
      : `${signs.slice(0, 40).join('')}…${signs.slice(-(MAX_LABEL - 41)).join('')}`;
  return short.replaceAll('&', '&&');
}
