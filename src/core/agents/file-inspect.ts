import type { FileFinding, ReadingGroup } from '../../contract/agent-files.ts';
import { escalationOf } from './escalations/read.ts';
import { placeOf } from './file-kind.ts';
import type { FilePlace } from './file-kind.ts';
import type { AgentFolder, FolderFile } from './folder.ts';
import { escalationGroups, headerGroups, noteGroups, skillGroups } from './groups/notes.ts';
import {
  governanceGroups,
  judgesGroups,
  mandateGroups,
  mcpGroups,
  modelGroups,
  personaGroups,
  policyGroups,
  rosterGroups,
  targetGroups,
  toolsGroups,
} from './groups/settings.ts';
import { mandatesOf } from './parts/mandates.ts';
import { readNote, readPage } from './parts/note.ts';
import { finding, jsonLines, readJson } from './parts/read.ts';
import { readGoalFile } from './parts/goals.ts';
import { readPlaybook, readSkill } from './parts/skills.ts';
import { personaId } from './prompt-persona.ts';
import { parseGovernance } from './settings/governance.ts';
import { parseJudges } from './settings/judges.ts';
import { parseMcp } from './settings/mcp.ts';
import { parseModel } from './settings/model.ts';
import { parsePolicy } from './settings/policy.ts';
import { parseRoster } from './settings/roster.ts';
import { parseTargets } from './settings/targets.ts';
import { parseTools } from './settings/tools.ts';
import { readJudges } from './settings.ts';
import { readFrontmatter } from './text/frontmatter.ts';

/** What the runtime makes of a file: whether it uses it, what is odd, and its readings on demand. */
export type Inspected = {
  readonly place: FilePlace;
  readonly loaded: boolean;
  readonly why: string | null;
  readonly findings: readonly FileFinding[];
  readonly groups: () => readonly ReadingGroup[];
};

type Made = Pick<Inspected, 'findings' | 'groups'> & { readonly why?: string | null };

/** Looks at one file by its place in the folder. `nowMicros` matters for escalations alone. */
export function inspectFile(folder: AgentFolder, file: FolderFile, nowMicros: number): Inspected {
  const place = placeOf(folder, file.path);
  const made = make(folder, place, file, nowMicros);
  const unread = file.text === null && place.kind !== 'raw' ? file.noText : null;
  const why = made.why ?? place.why ?? (needsText.has(place.kind) ? unread : null);
  return {
    place,
    loaded: why === null,
    why,
    findings: [...file.findings, ...made.findings],
    groups: made.groups,
  };
}

const needsText: ReadonlySet<string> = new Set([
  'persona',
  'persona-link',
  'tools',
  'model',
  'memory-index',
  'judges',
  'mandates',
  'policy',
  'roster',
  'mcp',
  'governance',
]);

function make(folder: AgentFolder, place: FilePlace, file: FolderFile, nowMicros: number): Made {
  const text = file.text ?? '';
  const agent = place.agent ?? '';
  switch (place.kind) {
    case 'model': {
      const model = parseModel(text);
      return { findings: model.findings, groups: () => modelGroups(model), why: model.blocking };
    }
    case 'tools': {
      const tools = parseTools(text);
      return { findings: tools.findings, groups: () => toolsGroups(tools) };
    }
    case 'policy': {
      const policy = parsePolicy(text);
      return { findings: policy.findings, groups: () => policyGroups(policy), why: policy.broken };
    }
    case 'targets': {
      const targets = parseTargets([{ path: file.path, text }]);
      return { findings: targets.problems, groups: () => targetGroups(targets) };
    }
    case 'judges': {
      const judges = parseJudges(text, file.path);
      const floor = place.agent === null;
      return {
        findings: floor
          ? [
              finding(
                'notice',
                'A document makes this a floor for all agents; the code reads a floor only in a cascade project.',
              ),
            ]
          : judges.findings,
        groups: () => judgesGroups(judges),
        why: floor ? null : judges.broken,
      };
    }
    case 'governance': {
      const governance = parseGovernance(text, file.path);
      return { findings: governance.findings, groups: () => governanceGroups(governance) };
    }
    case 'roster': {
      const names = parseRoster(text);
      const others = new Set(folder.root.agents.map(({ name }) => name));
      const alone = folder.root.single !== null;
      const findings = names.flatMap(({ name, line }) => {
        if (name === agent) return [finding('warning', `An agent cannot call itself: ${name}.`, '', line)];
        if (alone || others.has(name)) return [];
        return [finding('warning', `There is no agent ${name}.`, 'Check the name.', line)];
      });
      return { findings, groups: () => rosterGroups(names) };
    }
    case 'mcp': {
      const mcp = parseMcp(text);
      return { findings: mcp.findings, groups: () => mcpGroups(mcp) };
    }
    case 'mandates': {
      const mandates = mandatesOf(file, place.agent === null, place.agent, today(nowMicros));
      return { findings: mandates.flatMap((one) => one.findings), groups: () => mandateGroups(mandates) };
    }
    case 'persona-link': {
      const id = personaId(file);
      const both = folder.isFile(folder.pathOf(agent, 'persona/IDENTITY.md'));
      const conflict = 'persona/IDENTITY.md is there, too; the runtime refuses to guess.';
      const why = both ? conflict : 'problem' in id ? id.problem : null;
      return {
        why,
        findings: why === null ? [] : [finding('error', why, '', 'line' in id ? id.line : null)],
        groups: () => personaGroups(folder, 'problem' in id ? null : id.id, file),
      };
    }
    case 'persona': {
      const shared = /\.personas\/([^/]+)\//.exec(file.path)?.[1] ?? null;
      return { findings: [], groups: () => personaGroups(folder, shared, file) };
    }
    case 'memory-note':
    case 'wiki-page': {
      const note = place.kind === 'memory-note' ? readNote(file) : readPage(file);
      const rule = note.rule;
      const why = note.loads ? null : (rule?.message ?? null);
      const broken =
        rule === null
          ? []
          : [
              note.loads
                ? finding(
                    'warning',
                    `It breaks a rule of its format: ${rule.message} The agent loads it all the same.`,
                    '',
                    rule.line,
                  )
                : finding(
                    'error',
                    `The agent does not load it: ${rule.message}`,
                    'Mend its header.',
                    rule.line,
                  ),
            ];
      return { why, findings: broken, groups: () => noteGroups(note) };
    }
    case 'skill':
    case 'playbook': {
      if (!/(?:SKILL|PLAYBOOK)\.md$/.test(file.path)) return { findings: [], groups: () => [] };
      const skill = place.kind === 'skill' ? readSkill(file) : readPlaybook(file);
      return {
        why: skill.why,
        findings: skill.findings.filter((one) => !file.findings.includes(one)),
        groups: () => skillGroups(skill),
      };
    }
    case 'goal': {
      const goal = readGoalFile(file);
      return { why: goal.why, findings: goal.findings, groups: () => headerGroups(readFrontmatter(text)) };
    }
    case 'escalation': {
      const marker = folder.isFile(file.path.replace(/([^/]+)$/, '.$1.resolved-emitted'));
      const one = escalationOf(file, agent, readJudges(folder, agent), marker, nowMicros);
      const why = one.verdict === 'unparseable' ? 'No resolution of it can be read.' : null;
      return {
        why: one.state === 'pending' ? null : why,
        findings: one.findings.filter((found) => !file.findings.includes(found)),
        groups: () => escalationGroups(one),
      };
    }
    case 'outcome':
    case 'conversation':
    case 'idempotency': {
      const read = file.path.endsWith('.json') && file.text !== null ? readJson(text) : null;
      if (read === null || read.ok) return { findings: [], groups: () => [] };
      const why = `It is no JSON: ${read.message}.`;
      return { why, findings: [finding('error', why, '', read.line)], groups: () => [] };
    }
    case 'eval-run':
    case 'goal-history': {
      const bad = jsonLines(text).filter((row) => !readJson(row.text).ok);
      return {
        findings: bad
          .slice(0, 20)
          .map(({ line }) => finding('warning', 'This line is no JSON and counts for nothing.', '', line)),
        groups: () => [],
      };
    }
    case 'memory-version':
    case 'memory-archived':
    case 'goal-archive':
    case 'eval-rubric':
    case 'eval-golden':
      return { findings: [], groups: () => headerGroups(readFrontmatter(text)) };
    case 'memory-index':
    case 'wiki-index':
    case 'wiki-version':
    case 'raw':
    case 'journal':
    case 'log':
    case 'tool-definition':
    case 'audits':
    case 'serve':
    case 'eval-judge':
    case 'eval-regression':
    case 'tuning-report':
    case 'dream':
    case 'cascade':
    case 'queue':
    case 'generated':
    case 'runtime':
    case 'database':
    case 'unknown':
      return { findings: [], groups: () => [] };
  }
}

function today(nowMicros: number): string {
  return new Date(nowMicros / 1000).toISOString().slice(0, 10);
}
