import { useEffect, useRef } from 'react';

/**
 * One key and what it does. `keys` such as `mod+k`, `shift+t`, `?`, `ArrowDown`, `j`; `mod` is Cmd on macOS and Ctrl
 * elsewhere. Several are alternatives. `fields`: also while a text field has the focus.
 */
export type Shortcut = {
  readonly keys: string | readonly string[];
  readonly label: string;
  readonly run: (event: KeyboardEvent) => void;
  readonly fields?: boolean;
  /** false: the key passes through as if it were not registered */
  readonly when?: () => boolean;
  /** true: works, but `?` does not list it */
  readonly hidden?: boolean;
};

/**
 * Where shortcuts hold. `global` holds everywhere outside of dialogs and menus. Every other scope holds while the
 * focus is inside an element with `data-key-scope` of that name, or on nothing or around such an element that also
 * has `data-key-default`. The inner scope wins.
 */
export type Scope = { readonly name: string; readonly label: string };

export const GLOBAL: Scope = { name: 'global', label: 'Everywhere' };

type Entry = { readonly scope: Scope; readonly list: () => readonly Shortcut[] };

const entries = new Set<Entry>();
const mac = /mac/i.test(navigator.userAgent);

/** Registers shortcuts of a scope until the returned function is called. */
export function registerShortcuts(scope: Scope, list: () => readonly Shortcut[]): () => void {
  if (entries.size === 0) window.addEventListener('keydown', onKeyDown);
  const entry = { scope, list };
  entries.add(entry);
  return () => {
    entries.delete(entry);
    if (entries.size === 0) window.removeEventListener('keydown', onKeyDown);
  };
}

/** Registers shortcuts while the component is mounted; the list may be a new one at each render. */
export function useShortcuts(scope: Scope, shortcuts: readonly Shortcut[]): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  const { name, label } = scope;
  useEffect(() => registerShortcuts({ name, label }, () => latest.current), [name, label]);
}

export type ShortcutGroup = {
  readonly label: string;
  readonly shortcuts: readonly { readonly label: string; readonly keys: readonly string[] }[];
};

/** Every registered shortcut by scope, for the sheet behind `?`. */
export function listShortcuts(): readonly ShortcutGroup[] {
  const groups = new Map<string, Map<string, readonly string[]>>();
  for (const { scope, list } of entries) {
    const group = groups.get(scope.label) ?? new Map<string, readonly string[]>();
    groups.set(scope.label, group);
    for (const shortcut of list()) {
      if (shortcut.hidden !== true) group.set(shortcut.label, alternatives(shortcut));
    }
  }
  return [...groups].map(([label, shortcuts]) => ({
    label,
    shortcuts: [...shortcuts].map(([text, keys]) => ({ label: text, keys })),
  }));
}

/** What a key does in a scope now; null where no part of the window has it, or it would pass through. */
export function findShortcut(scope: string, keys: string): Shortcut | null {
  for (const entry of entries) {
    if (entry.scope.name !== scope) continue;
    for (const shortcut of entry.list()) {
      if (alternatives(shortcut).includes(keys) && shortcut.when?.() !== false) return shortcut;
    }
  }
  return null;
}

/** A shortcut that the palette can run: where it holds, and its first combination. */
export type ListedShortcut = {
  readonly scope: Scope;
  readonly label: string;
  readonly keys: string;
  /** false: it exists, and means nothing now */
  readonly holds: boolean;
  readonly run: () => void;
};

/** Every shortcut that `?` lists, with what it does. */
export function runnableShortcuts(): readonly ListedShortcut[] {
  return [...entries].flatMap(({ scope, list }) =>
    list()
      .filter((shortcut) => shortcut.hidden !== true)
      .map((shortcut) => {
        const keys = alternatives(shortcut)[0] ?? '';
        const key = keys === '+' ? '+' : (keys.split('+').at(-1) ?? '');
        return {
          scope,
          label: shortcut.label,
          keys,
          holds: shortcut.when?.() !== false,
          run: () => shortcut.run(new KeyboardEvent('keydown', { key, cancelable: true })),
        };
      }),
  );
}

/** True when the event is this combination, such as `mod+shift+p`. */
export function matchesKeys(event: KeyboardEvent, keys: string): boolean {
  const parts = keys === '+' ? ['+'] : keys.split('+');
  const key = parts.at(-1) ?? '';
  const wants = (name: string) => parts.slice(0, -1).includes(name);
  const mod = mac ? event.metaKey : event.ctrlKey;
  const other = mac ? event.ctrlKey : event.metaKey;
  if (mod !== wants('mod') || event.altKey !== wants('alt') || other) return false;
  if (/^[0-9]$/.test(key)) return isDigit(event, key, wants('shift'));
  const printableSign = key.length === 1 && key.toLowerCase() === key.toUpperCase();
  if (!printableSign && event.shiftKey !== wants('shift')) return false;
  return event.key.toLowerCase() === key.toLowerCase();
}

/** A digit by where it is on the keyboard: with Shift it is another sign, and on some keyboards without. */
function isDigit({ code, key, shiftKey }: KeyboardEvent, digit: string, shift: boolean): boolean {
  if (code === `Digit${digit}`) return shiftKey === shift;
  return key === digit && !shift;
}

/** The names of the keys of a combination as they stand on the keyboard, for `Kbd`. */
export function keyNames(keys: string): readonly string[] {
  const names: Record<string, string> = {
    mod: mac ? '⌘' : 'Ctrl',
    alt: mac ? '⌥' : 'Alt',
    shift: mac ? '⇧' : 'Shift',
    arrowup: '↑',
    arrowdown: '↓',
    arrowleft: '←',
    arrowright: '→',
    escape: 'Esc',
    ' ': 'Space',
  };
  const parts = keys === '+' ? ['+'] : keys.split('+');
  return parts.map((part) => names[part.toLowerCase()] ?? (part.length === 1 ? part.toUpperCase() : part));
}

const alternatives = (shortcut: Shortcut): readonly string[] =>
  typeof shortcut.keys === 'string' ? [shortcut.keys] : shortcut.keys;

const OPEN_BOUNDARY = ['dialog', 'alertdialog', 'menu'].map((role) => `[role="${role}"][data-open]`).join();

/** True while a dialog or a menu lies over the window. */
export const isCovered = (): boolean => document.querySelector(OPEN_BOUNDARY) !== null;

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const target = event.target instanceof Element ? event.target : document.body;
  const inField = isField(target);
  const boundary = target.closest('[role="dialog"], [role="alertdialog"], [role="menu"]');
  // one has just opened and takes the focus in a moment: what is typed meanwhile is not meant for what lies under it
  if (boundary === null && isCovered()) return;
  if (pressesItself(event, target)) return;
  for (const name of activeScopes(target, boundary)) {
    for (const entry of entries) {
      if (entry.scope.name !== name) continue;
      for (const shortcut of entry.list()) {
        if (inField && shortcut.fields !== true) continue;
        if (!alternatives(shortcut).some((keys) => matchesKeys(event, keys))) continue;
        if (shortcut.when?.() === false) continue;
        event.preventDefault();
        shortcut.run(event);
        return;
      }
    }
  }
}

/** Enter and Space on a button or a link press it, wherever it stands. */
const pressesItself = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent, target: Element): boolean =>
  (key === 'Enter' || key === ' ') &&
  !ctrlKey &&
  !metaKey &&
  !altKey &&
  target.closest('button, a[href], summary') !== null;

const DEFAULT_SCOPE = '[data-key-scope][data-key-default]';

function activeScopes(target: Element, boundary: Element | null): readonly string[] {
  const names: string[] = [];
  let at: Element | null =
    target === document.body || target === document.documentElement
      ? document.querySelector(DEFAULT_SCOPE)
      : (target.closest('[data-key-scope]') ?? target.querySelector(DEFAULT_SCOPE));
  while (at !== null) {
    if (boundary?.contains(at) === false) break;
    const name = at.getAttribute('data-key-scope');
    if (name !== null) names.push(name);
    at = at.parentElement?.closest('[data-key-scope]') ?? null;
  }
  return boundary === null ? [...names, GLOBAL.name] : names;
}

function isField(target: Element): boolean {
  if (target.closest('.monaco-editor') !== null) return true;
  if (target instanceof HTMLElement && target.isContentEditable) return true;
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return (
    target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range'].includes(target.type)
  );
}
