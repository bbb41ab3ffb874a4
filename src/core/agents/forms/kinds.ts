import type { AgentFileKind } from '../../../contract/agent-files.ts';
import type { Bind } from './bind.ts';
import type { FormFile } from './form.ts';
import { evalGolden, evalJudge, rubric } from './spec-evals.ts';
import { goal } from './spec-goal.ts';
import { governance, personaLink, policy } from './spec-governing.ts';
import { judges } from './spec-judges.ts';
import { roster, toolsFile } from './spec-lists.ts';
import { mandates } from './spec-mandates.ts';
import { model } from './spec-model.ts';
import { memoryNote, wikiPage } from './spec-notes.ts';
import { mcp, serve } from './spec-sections.ts';
import { playbook, skill } from './spec-skills.ts';
import { targets } from './spec-targets.ts';

const FORMS: Partial<Record<AgentFileKind, Bind>> = {
  'memory-note': memoryNote,
  'wiki-page': wikiPage,
  goal,
  skill,
  playbook,
  'eval-rubric': rubric,
  'eval-judge': evalJudge,
  'eval-golden': evalGolden,
  model,
  tools: toolsFile,
  roster,
  mcp,
  judges,
  mandates,
  governance,
  'persona-link': personaLink,
  policy,
  targets,
  serve,
};

/** Files of roles and projects of a cascade that are read as those of an agent (formats/atomic-agents.md §2.24). */
const CASCADE: Readonly<Record<string, AgentFileKind>> = {
  'model.md': 'model',
  'tools.md': 'tools',
  'goal.md': 'goal',
  'judges.md': 'judges',
  'policy.md': 'policy',
  'mandates.md': 'mandates',
};

/** How a file is bound to its form; null: it is prose. */
export function bindOf({ kind, path }: FormFile): Bind | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (kind === 'skill' && name !== 'SKILL.md') return null;
  const own = Object.hasOwn(CASCADE, name) ? CASCADE[name] : undefined;
  return FORMS[kind === 'cascade' && own !== undefined ? own : kind] ?? null;
}
