import type { PromptEffect } from '../../../contract/drafts.ts';
import type { AssembledPrompt, PromptPiece } from '../../../contract/prompt.ts';
import { assemblePrompt, RULE } from '../prompt.ts';
import type { AgentFolder } from '../folder.ts';

/** What comes of an agent's prompt when one folder takes the place of another. */
export function promptEffect(
  before: AgentFolder,
  after: AgentFolder,
  agent: string,
  today: string,
): PromptEffect {
  const was = has(before, agent) ? assemblePrompt(before, agent, today) : null;
  const is = has(after, agent) ? assemblePrompt(after, agent, today) : null;
  const oldPieces = byKey(was);
  const newPieces = byKey(is);
  const keys = new Set([...newPieces.keys(), ...oldPieces.keys()]);
  const pieces = [...keys].flatMap((key) => {
    const old = oldPieces.get(key);
    const now = newPieces.get(key);
    if (old !== undefined && now !== undefined && plain(old) === plain(now)) return [];
    const { title, path } = now ?? old!;
    return [{ key, title, path, beforeTokens: old?.tokens ?? null, afterTokens: now?.tokens ?? null }];
  });
  const sentBefore = sent(was);
  const sentAfter = sent(is);
  const blockedBefore = new Set(was?.blocking);
  return {
    agent,
    beforeTokens: was?.tokens ?? 0,
    afterTokens: is?.tokens ?? 0,
    limitTokens: (is ?? was)?.limitTokens ?? 0,
    pieces,
    leaves: [...sentBefore].filter((path) => !sentAfter.has(path)),
    enters: [...sentAfter].filter((path) => !sentBefore.has(path)),
    // one that did not load before is not made worse by another reason
    blocking: was !== null && was.blocking.length > 0 ? [] : newReasons(is, blockedBefore),
  };
}

/** Whether anything of a prompt differs. */
export function hasEffect(effect: PromptEffect): boolean {
  return (
    effect.pieces.length > 0 ||
    effect.blocking.length > 0 ||
    effect.beforeTokens !== effect.afterTokens ||
    effect.leaves.length + effect.enters.length > 0
  );
}

/** A new agent has no prompt before, and one that is taken away none after. */
function has(folder: AgentFolder, agent: string): boolean {
  const { root } = folder;
  return root.agents.some(({ name, logOnly }) => name === agent && !logOnly) || agent.includes('/');
}

function newReasons(is: AssembledPrompt | null, before: ReadonlySet<string>): readonly string[] {
  return (is?.blocking ?? []).filter((reason) => !before.has(reason));
}

function byKey(prompt: AssembledPrompt | null): ReadonlyMap<string, PromptPiece> {
  return new Map(
    (prompt?.pieces ?? []).map((piece) => [`${piece.group}:${piece.path ?? ''}`, piece] as const),
  );
}

/** The text of a piece without what only its place in the prompt adds. */
function plain({ text, group }: PromptPiece): string {
  const own = text.startsWith(RULE) ? text.slice(RULE.length) : text;
  if (group === 'persona') return own.trimStart();
  if (group !== 'pinned' && group !== 'recent') return own;
  return own.replace(/^(?:# (?:Pinned|Recent) atomic notes\n\n|\n\n---\n\n)/, '');
}

function sent(prompt: AssembledPrompt | null): ReadonlySet<string> {
  return new Set((prompt?.pieces ?? []).flatMap(({ path }) => (path === null ? [] : [path])));
}
