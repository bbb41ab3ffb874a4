import type { AssembledPrompt, PromptPiece } from '../../../../contract/prompt.ts';

/** A group of pieces of the prompt that has one colour, `--part-<id>`. */
export type PromptGroup = {
  readonly id: string;
  readonly label: string;
  readonly tokens: number;
  /** the first piece of it */
  readonly first: string;
};

const NAMES: Record<PromptPiece['group'], { readonly id: string; readonly label: string }> = {
  persona: { id: 'persona', label: 'Persona' },
  goal: { id: 'goal', label: 'Goal' },
  tools: { id: 'tools', label: 'Tools' },
  skills: { id: 'skills', label: 'Skills' },
  'memory-index': { id: 'indexes', label: 'Indexes' },
  'wiki-index': { id: 'indexes', label: 'Indexes' },
  pinned: { id: 'pinned', label: 'Pinned' },
  recent: { id: 'recent', label: 'Recent' },
  journal: { id: 'journal', label: 'Journal' },
  cascade: { id: 'cascade', label: 'Project' },
};

/** The colour group of a piece. */
export const groupOf = (piece: PromptPiece): { readonly id: string; readonly label: string } =>
  NAMES[piece.group];

/** The groups of a prompt in the order in which they are sent, each once. */
export function promptGroups(pieces: readonly PromptPiece[]): readonly PromptGroup[] {
  const groups = new Map<string, PromptGroup>();
  for (const piece of pieces) {
    const { id, label } = NAMES[piece.group];
    const known = groups.get(id);
    groups.set(id, {
      id,
      label,
      tokens: (known?.tokens ?? 0) + piece.tokens,
      first: known?.first ?? piece.key,
    });
  }
  return [...groups.values()];
}

/** How wide each group is in percent of the bar, and where the limit stands in it. */
export function barOf(prompt: Pick<AssembledPrompt, 'pieces' | 'tokens' | 'limitTokens'>): {
  readonly widths: ReadonlyMap<string, number>;
  readonly limitAt: number | null;
} {
  const groups = promptGroups(prompt.pieces);
  const sum = groups.reduce((total, { tokens }) => total + tokens, 0);
  const whole = Math.max(prompt.tokens, sum, prompt.limitTokens, 1);
  return {
    widths: new Map(groups.map(({ id, tokens }) => [id, (tokens / whole) * 100])),
    limitAt: prompt.limitTokens < whole ? (prompt.limitTokens / whole) * 100 : null,
  };
}
