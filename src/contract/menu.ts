/**
 * What the desktop's menu asks of the window. Each entry names a command of the palette, or the keys of a scope of
 * the window's one registry of keys (`renderer/ui/keyboard.ts`); the window carries it out as if the person had
 * chosen or pressed it. `keys` of a palette command are those that the palette shows.
 */
export type MenuCommand = { readonly label: string } & (
  | { readonly command: string; readonly keys?: string }
  | { readonly scope: 'global' | 'graph' | 'graph-rows' | 'ledger'; readonly keys: string }
);

export const MENU_COMMANDS = {
  open: { label: 'Open folder…', scope: 'global', keys: 'mod+o' },
  'open-file': { label: 'Open the file of a ledger…', command: 'open-file' },
  reopen: { label: 'Reopen the last folder', scope: 'global', keys: 'mod+shift+t' },
  sample: { label: 'Open the sample workspace', command: 'sample' },
  close: { label: 'Close folder', command: 'close' },
  'close-tab': { label: 'Close tab', scope: 'global', keys: 'alt+w' },
  settings: { label: 'Settings…', scope: 'global', keys: 'mod+,' },
  // Ctrl Z belongs to the text that is edited, so the entry shows no key of its own
  undo: { label: 'Undo the last write…', command: 'undo' },

  fork: { label: 'Fork from the selected call…', command: 'fork' },
  tag: { label: 'Tag the selected call…', command: 'tag' },
  branch: { label: 'New branch at HEAD…', command: 'branch' },
  merge: { label: 'Merge a branch…', command: 'merge' },
  check: { label: 'Check everything', command: 'check' },

  fleet: { label: 'Fleet', command: 'fleet' },
  costs: { label: 'Costs', command: 'costs' },
  runs: { label: 'Runs', command: 'runs' },
  escalations: { label: 'Escalations', command: 'escalations' },
  doctor: { label: 'Doctor', command: 'doctor' },
  'bad-lines': { label: 'Lines that could not be read', command: 'bad-lines' },
  'edit-file': { label: 'Edit this file', command: 'edit-file' },
  'file-history': { label: 'History of this file', command: 'file-history' },
  'new-file': { label: 'New file…', command: 'new-file' },
  'review-changes': {
    label: 'Review what is not written yet',
    command: 'review-changes',
    keys: 'mod+shift+e',
  },
  'new-change-set': { label: 'New change set…', command: 'new-change-set' },
  versions: { label: 'Compare versions of the agent', command: 'versions' },
  'search-files': { label: 'Search the files of the agent', command: 'search-files', keys: 'mod+shift+f' },

  ledger: { label: 'Ledger', command: 'ledger' },
  accounts: { label: 'Accounts', command: 'accounts' },
  proof: { label: 'Proof', command: 'proof' },
  'verify-ledger': { label: 'Verify the ledger', command: 'verify-ledger' },
  'ledger-group': { label: 'Group by execution, or not', scope: 'ledger', keys: 'g' },
  'ledger-timeline': { label: 'Show or hide the timeline', scope: 'ledger', keys: 't' },
  'next-finding': { label: 'Next finding', scope: 'ledger', keys: 'n' },
  'previous-finding': { label: 'Previous finding', scope: 'ledger', keys: 'p' },

  graph: { label: 'Graph', command: 'graph' },
  sources: { label: 'Show or hide the sources', scope: 'global', keys: 'mod+b' },
  inspector: { label: 'Show or hide the inspector', scope: 'global', keys: 'mod+i' },
  panel: { label: 'Show or hide the panel below', scope: 'global', keys: 'mod+j' },
  integrity: { label: 'Integrity', command: 'integrity' },
  operations: { label: 'Operations', command: 'operations' },
  problems: { label: 'Problems', command: 'problems' },
  filter: { label: 'Filter', scope: 'graph', keys: '/' },
  focus: { label: 'Focus on the branch of the call', scope: 'graph', keys: 'mod+f' },
  fold: { label: 'Fold or unfold all runs', scope: 'graph', keys: 'r' },
  failed: { label: 'Only failed calls, or all', scope: 'graph', keys: 'e' },
  'zoom-in': { label: 'Zoom in', scope: 'graph', keys: '+' },
  'zoom-out': { label: 'Zoom out', scope: 'graph', keys: '-' },
  'zoom-reset': { label: 'Zoom to rows', scope: 'graph', keys: '0' },
  'theme-system': { label: 'Follow the system', command: 'theme-system' },
  'theme-light': { label: 'Light', command: 'theme-light' },
  'theme-dark': { label: 'Dark', command: 'theme-dark' },
  time: { label: 'Local time or UTC', command: 'time' },

  palette: { label: 'Search and commands', scope: 'global', keys: 'mod+k' },
  back: { label: 'Back', scope: 'global', keys: 'alt+ArrowLeft' },
  forward: { label: 'Forward', scope: 'global', keys: 'alt+ArrowRight' },
  'next-tab': { label: 'Next tab', scope: 'global', keys: 'alt+PageDown' },
  'previous-tab': { label: 'Previous tab', scope: 'global', keys: 'alt+PageUp' },
  'next-call': { label: 'Next call', scope: 'graph-rows', keys: 'ArrowDown' },
  'previous-call': { label: 'Previous call', scope: 'graph-rows', keys: 'ArrowUp' },
  parent: { label: 'Parent of the call', scope: 'graph-rows', keys: 'ArrowLeft' },
  child: { label: 'What came after the call', scope: 'graph-rows', keys: 'ArrowRight' },

  jump: { label: 'Go to a hash', scope: 'graph', keys: '#' },
  'next-mark': { label: 'Next failed or damaged call', scope: 'graph', keys: ']' },
  'previous-mark': { label: 'Previous failed or damaged call', scope: 'graph', keys: '[' },

  keys: { label: 'All keys', scope: 'global', keys: '?' },
  recording: { label: 'How to record', command: 'recording' },
} as const satisfies Readonly<Record<string, MenuCommand>>;

export type MenuCommandId = keyof typeof MENU_COMMANDS;

/** The entries of the menu by their ids. */
export const menuCommand = (id: MenuCommandId): MenuCommand => MENU_COMMANDS[id];

export const isMenuCommand = (id: unknown): id is MenuCommandId =>
  typeof id === 'string' && Object.hasOwn(MENU_COMMANDS, id);

/** What the window can carry out now, and what the menu shows as chosen. */
export type MenuState = {
  readonly possible: readonly MenuCommandId[];
  readonly theme: 'system' | 'light' | 'dark';
};
