import type { DoctorCheck } from '../../../contract/doctor.ts';
import type { Escalation } from '../../../contract/escalations.ts';
import { counted } from '../figures/numbers.ts';
import type { AgentFolder } from '../folder.ts';
import type { AgentSettings } from '../settings.ts';
import { judged, ofFindings, passed, skipped } from './check.ts';
import type { About, Found } from './check.ts';

/** Who answers for an agent, and who decides what it may do (formats/atomic-agents.md §11, §12, §2.21). */
export function governingChecks(
  folder: AgentFolder,
  settings: AgentSettings,
  escalations: readonly Escalation[],
): DoctorCheck[] {
  return [governance(folder, settings), judges(settings), escalationFiles(settings, escalations)];
}

function governance(folder: AgentFolder, { agent, governance: read }: AgentSettings): DoctorCheck {
  const path = folder.pathOf(agent, 'governance.md');
  const status = read.state === 'GOVERNANCE_INCOMPLETE' ? 'warn' : 'fail';
  const hint = 'Write a yaml block with governance: owner, permission_tier and lifecycle_status.';
  return judged(
    {
      agent,
      name: 'governance',
      title: 'Governance',
      means: 'Nobody can tell who answers for this agent.',
      path: read.path ?? path,
    },
    read.state === 'VALID'
      ? []
      : [
          {
            status,
            message: read.why,
            hint,
            line: read.findings.find(({ line }) => line !== null)?.line ?? null,
          },
        ],
    'It names an owner.',
  );
}

function judges({ agent, judges: read }: AgentSettings): DoctorCheck {
  const about: About = {
    agent,
    name: 'judges',
    title: 'Judge',
    means: 'With a judges.md that can’t be read the runtime does not load the agent.',
    path: read.from,
  };
  if (read.from === null) return skipped(about, 'There is no judges.md: no judge decides.');
  const found = ofFindings(read.findings, read.from);
  if (read.broken !== null && found.length === 0) {
    found.push({ status: 'fail', message: read.broken, hint: 'Mend judges.md.', path: read.from });
  }
  return judged(about, found, `The judge is ${read.backend}.`);
}

const IGNORED: Partial<Record<Escalation['verdict'], string>> = {
  pending_with_ignored_block: 'It has a resolution, but its state is still pending, so nothing happens.',
  unparseable: 'It is resolved, but no block of it can be read, so nothing happens.',
  proposal_body_tampered: 'The proposal was changed after it was made, so it is never carried out.',
  no_proposal: 'It holds no proposal that can be read.',
};

function escalationFiles({ agent }: AgentSettings, all: readonly Escalation[]): DoctorCheck {
  const own = all.filter((one) => one.agent === agent);
  const about: About = {
    agent,
    name: 'escalations',
    title: 'Escalations',
    means: 'What a person decided is not done, and the runtime says nothing about it.',
  };
  if (own.length === 0) return passed(about, 'Nothing was escalated.');
  const found = own.flatMap((one): Found[] => {
    const ignored = IGNORED[one.verdict];
    if (ignored !== undefined) {
      const hint = 'See the escalation for the exact edit that counts.';
      return [
        {
          status: one.verdict === 'proposal_body_tampered' ? 'fail' : 'warn',
          message: ignored,
          hint,
          path: one.path,
        },
      ];
    }
    const spare = one.blocks.filter(({ counts }) => !counts);
    if (spare.length === 0) return [];
    const message = `It has ${counted(one.blocks.length, 'resolution')}; only the first one counts.`;
    return [
      { status: 'warn', message, hint: 'Never add a second one.', path: one.path, line: spare[0]!.line },
    ];
  });
  return judged(about, found, `${counted(own.length, 'file')}, each as the runtime reads it.`);
}
