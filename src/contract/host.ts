import type { Result } from './failure.ts';
import type { MenuCommandId, MenuState } from './menu.ts';

/**
 * What the preload of the desktop window exposes as `window.vekscopeHost`. In a browser it is absent, and
 * `renderer/app/capabilities.ts` says in words what to do instead.
 */
export type HostBridge = {
  readonly platform: string;
  /** the native dialog for a folder; null when it was closed without a choice */
  readonly openFolder: () => Promise<string | null>;
  /** the native dialog for the file of a ledger; null when it was closed without a choice */
  readonly openFile: () => Promise<string | null>;
  /** asks where a file of this name is to be saved; what stands for the place, or null when it was closed without a choice */
  readonly saveAs?: (name: string) => Promise<string | null>;
  /** puts a file that the engine made at the place chosen before; the path, or why it is not there */
  readonly keepExport?: (place: string, id: string) => Promise<Result<string>>;
  /** shows a file or folder in the file manager */
  readonly reveal: (path: string) => Promise<void>;
  /** opens an https address in the person's browser after they saw the whole of it; anything else is refused */
  readonly openExternal: (url: string) => Promise<void>;
  /** the path of a file or folder dropped on the window */
  readonly pathOfFile?: (file: File) => string;
  /** hears the folders, or links to calls, that the menu, the system or a second start names; the window opens them */
  readonly onFolder?: (listener: (target: string) => void) => void;
  /** hears what was chosen in the menu */
  readonly onCommand?: (listener: (id: MenuCommandId) => void) => void;
  /** tells the menu what can be chosen; the theme is also that of the window's frame */
  readonly setMenu?: (state: MenuState) => void;
  /** shows the menu at a place in the window; null where the system shows it itself */
  readonly showMenu?: ((x: number, y: number) => void) | null;
  /** is called before the window closes, which waits until it is done */
  readonly onClose?: (save: () => Promise<void>) => void;
};

/**
 * The message by which the preload hands the window a port to the engine: `ports[0]` of a `message` event of the
 * window itself. The window posts `WANT_PORT` to itself when it is ready to listen; a later port replaces an earlier.
 */
export const PORT_MESSAGE = { vekscope: 'port' } as const;
export const WANT_PORT = { vekscope: 'want-port' } as const;

/** Where a server gives a file that the engine made, by its id and under a name: `/export/ID?name=…`. The id is the secret. */
export const EXPORT_PATH = '/export/';
