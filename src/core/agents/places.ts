/** One agent folder. `dir` is absolute and real; `logOnly`: it has logs and no model.md (formats/atomic-agents.md §1). */
export type AgentPlace = { readonly name: string; readonly dir: string; readonly logOnly: boolean };

/** A root with its agents, or one agent that was opened alone. */
export type AgentsRoot = {
  /** what was opened: nothing outside of it is read, but for `shared` */
  readonly path: string;
  /** the name of the agent where the opened folder is one */
  readonly single: string | null;
  /**
   * The folder whose `policy.md`, `targets.md`, `judges.md`, `mandates.md`, `.personas/` and `_console/` hold: the root,
   * or the folder above an agent that was opened alone, where that has such files; null: there are none.
   */
  readonly shared: string | null;
  readonly agents: readonly AgentPlace[];
  /** names of cascade systems (§2.24) */
  readonly cascades: readonly string[];
  readonly leftOut: readonly { readonly name: string; readonly why: string }[];
  readonly notes: readonly string[];
};
