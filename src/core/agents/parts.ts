import type { AgentPart, AgentPartName } from '../../contract/agent-parts.ts';
import { fail, ok, type Result } from '../result.ts';
import type { AgentFolder } from './folder.ts';
import { readConversations } from './parts/conversations.ts';
import { readDreams } from './parts/dreams.ts';
import { readEvals } from './parts/evals.ts';
import { readGoals } from './parts/goals.ts';
import { readGovernance } from './parts/governance.ts';
import { readJournal } from './parts/journal.ts';
import { readMandates } from './parts/mandates.ts';
import { readMemory } from './parts/memory.ts';
import { readOutcomes } from './parts/outcomes.ts';
import { readQueue } from './parts/queue.ts';
import { readSkills } from './parts/skills.ts';
import { readTuning } from './parts/tuning.ts';
import { readWiki } from './parts/wiki.ts';
import type { RecordTables } from './records/table.ts';
import { readElsewhere } from './settings/elsewhere.ts';
import { readSettings } from './settings.ts';

/** What some parts need besides the folder: the records, for leases and provenance. */
export type PartContext = { readonly tables: RecordTables | null };

/**
 * One part of an agent, or of the root (mandates and queues). A part that a database holds is `elsewhere`, never an empty
 * list (formats/atomic-agents.md §13).
 */
export function readPart(
  folder: AgentFolder,
  agent: string | null,
  part: AgentPartName,
  today: string,
  context: PartContext,
): Result<AgentPart> {
  const held = elsewhere(folder, agent, part);
  if (held !== null) return ok(held);
  if (part === 'queue') return ok(readQueue(folder));
  if (part === 'mandates') return ok(readMandates(folder, agent, today));
  if (agent === null) {
    return fail('bad-request', `The root has no ${part} of its own.`, 'Ask for it of an agent.');
  }
  switch (part) {
    case 'memory':
      return ok(readMemory(folder, agent, today));
    case 'wiki':
      return ok(readWiki(folder, agent, today));
    case 'journal':
      return ok(readJournal(folder, agent));
    case 'skills':
      return ok(readSkills(folder, agent));
    case 'goals':
      return ok(readGoals(folder, agent));
    case 'outcomes':
      return ok(readOutcomes(folder, agent));
    case 'evals':
      return ok(readEvals(folder, agent, today, context.tables));
    case 'tuning':
      return ok(readTuning(folder, agent));
    case 'dreams':
      return ok(readDreams(folder, agent));
    case 'conversations':
      return ok(readConversations(folder, agent));
    case 'governance':
      return ok(readGovernance(folder, agent, context.tables));
  }
}

function elsewhere(folder: AgentFolder, agent: string | null, part: AgentPartName): AgentPart | null {
  const all = agent === null ? readElsewhere(folder, '', null) : readSettings(folder, agent).elsewhere;
  const held = all.find(({ parts }) => parts.includes(part));
  return held === undefined ? null : { part: 'elsewhere', of: part, where: held.where, why: held.why };
}
