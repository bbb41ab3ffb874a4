import type { AgentFile } from '../../../../contract/agent-files.ts';
import { AGENT_PARTS, type AgentPartName } from '../../../../contract/agent-parts.ts';
import type { Result } from '../../../../contract/failure.ts';
import { api } from '../../../app/engine.ts';
import { useAnswer } from '../../../app/use-answer.ts';
import { countParts } from '../pages.ts';
import { useScene } from '../scene.ts';

/**
 * Parts that have nothing to show. A part without files may be kept in a database: those are asked for, and are not
 * empty. Until that is known, no part counts as empty.
 */
export function useEmptyParts(files: readonly AgentFile[] | null): ReadonlySet<AgentPartName> {
  const { source, agent, today } = useScene();
  const counts = files === null ? null : countParts(files);
  const bare = counts === null ? [] : AGENT_PARTS.filter((part) => !counts.has(part));
  const key = JSON.stringify(['bare', agent, today, bare]);
  const { value } = useAnswer<ReadonlySet<AgentPartName>>(source, key, async () => {
    const empty = new Set<AgentPartName>();
    for (const part of bare) {
      const answer = await api.agents.part({ source, today, agent, part });
      if (answer.ok && isEmpty(answer.value)) empty.add(part);
    }
    return { ok: true, value: empty } satisfies Result<ReadonlySet<AgentPartName>>;
  });
  return value ?? NONE;
}

const NONE: ReadonlySet<AgentPartName> = new Set();

type Part = Extract<Awaited<ReturnType<typeof api.agents.part>>, { readonly ok: true }>['value'];

/** Whether a part holds nothing at all. */
function isEmpty(part: Part): boolean {
  switch (part.part) {
    case 'elsewhere':
      return false;
    case 'memory':
      return part.notes.length === 0 && part.indexPath === null && part.archives.length === 0;
    case 'wiki':
      return part.pages.length === 0 && part.raw.length === 0 && part.indexPath === null;
    case 'journal':
      return part.entries.length === 0;
    case 'skills':
      return part.skills.length === 0;
    case 'goals':
      return part.goals.length === 0 && part.archive.length === 0;
    case 'outcomes':
      return part.outcomes.length === 0;
    case 'evals':
      return part.rows.length === 0 && part.golden.length === 0 && part.badLines === 0;
    case 'tuning':
      return part.reports.length === 0;
    case 'dreams':
      return part.dreams.length === 0;
    case 'conversations':
      return part.conversations.length === 0;
    case 'mandates':
      return part.mandates.length === 0;
    case 'governance':
      return part.state === 'NO_GOVERNANCE' && part.leases.length === 0;
    case 'queue':
      return part.projects.length === 0;
    default:
      return part satisfies never;
  }
}
