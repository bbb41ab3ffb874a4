/** What a host tells the engine at start. */
export type EngineOptions = {
  /** the user's app folder: index caches, recents, window state */
  readonly dataDir: string;
  /** folders that may be opened; null: any (the desktop) */
  readonly roots: readonly string[] | null;
  /** the folder, or the link to a call, to show at start */
  readonly initial: string | null;
  /** the bundled sample workspace, holding `dot-vek` and `agents`; null when it was not shipped */
  readonly sample: string | null;
  readonly version: string;
  readonly host: 'electron' | 'browser';
};
