const NAMES: Readonly<Record<string, string>> = {
  mod: 'CmdOrCtrl',
  alt: 'Alt',
  shift: 'Shift',
  '+': 'Plus',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
};

/**
 * Keys of the window (`mod+k`) in the words of a menu. Null on macOS for keys without Cmd: there the system takes
 * every key that a menu shows, and these would be lost to typing.
 */
export function accelerator(keys: string, isMac: boolean): string | null {
  const parts = keys === '+' ? ['+'] : keys.split('+');
  if (isMac && !parts.includes('mod')) return null;
  return parts.map((part) => NAMES[part] ?? (part.length === 1 ? part.toUpperCase() : part)).join('+');
}
