/** One piece of the assembled system prompt (§10), in the order in which it is sent. */
export type PromptPiece = {
  readonly key: string;
  readonly group:
    | 'persona'
    | 'goal'
    | 'tools'
    | 'skills'
    | 'memory-index'
    | 'wiki-index'
    | 'pinned'
    | 'recent'
    | 'journal'
    | 'cascade';
  readonly title: string;
  readonly path: string | null;
  readonly text: string;
  readonly bytes: number;
  readonly characters: number;
  /** characters / 4 */
  readonly tokens: number;
  /** of the whole, 0 to 1 */
  readonly share: number;
};

export type AssembledPrompt = {
  readonly agent: string;
  readonly pieces: readonly PromptPiece[];
  readonly text: string;
  readonly characters: number;
  readonly tokens: number;
  readonly limitTokens: number;
  readonly limitFrom: string;
  /** what is not sent, and why; `missed`: it would be the next one in */
  readonly left: readonly {
    readonly path: string;
    readonly title: string;
    readonly why: string;
    readonly missed: boolean;
    readonly tokens: number;
  }[];
  /** after which piece a provider's cache could end */
  readonly breakpoints: readonly { readonly after: string; readonly why: string }[];
  /** why the runtime would not load the agent at all */
  readonly blocking: readonly string[];
};
