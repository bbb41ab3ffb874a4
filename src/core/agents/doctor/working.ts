import type { DoctorCheck } from '../../../contract/doctor.ts';
import { counted } from '../figures/numbers.ts';
import type { AgentFolder } from '../folder.ts';
import { readGoals } from '../parts/goals.ts';
import { readGovernance } from '../parts/governance.ts';
import { readMandates } from '../parts/mandates.ts';
import { readSkills } from '../parts/skills.ts';
import type { RecordTables } from '../records/table.ts';
import { judged, ofFindings, passed, skipped } from './check.ts';
import type { About, Found } from './check.ts';

/** What an agent works on and may do of itself (formats/atomic-agents.md §2.9, §2.12, §2.13, §2.18, §2.19). */
export function workingChecks(
  folder: AgentFolder,
  agent: string,
  today: string,
  tables: RecordTables,
): DoctorCheck[] {
  return [
    goals(folder, agent),
    conductor(folder, agent),
    skills(folder, agent),
    mandates(folder, agent, today),
    leases(folder, agent, tables),
  ];
}

function goals(folder: AgentFolder, agent: string): DoctorCheck {
  const about: About = {
    agent,
    name: 'goals',
    title: 'Goals',
    means: 'A goal that can’t be read is in no prompt, and nobody follows it.',
    path: there(folder, agent, 'goal.md'),
  };
  const all = readGoals(folder, agent).goals;
  if (all.length === 0) return skipped(about, 'It has no goal.');
  const found = all.flatMap((goal): Found[] => {
    const own = ofFindings(goal.findings, goal.path);
    if (!goal.loaded && !own.some(({ status }) => status === 'fail')) {
      const message = `The goal is not loaded: ${goal.why ?? 'it can’t be read'}`;
      own.unshift({ status: 'fail', message, hint: 'Mend its header.', path: goal.path });
    }
    return own;
  });
  return judged(about, found, `${counted(all.length, 'goal')}, each readable.`);
}

function conductor(folder: AgentFolder, agent: string): DoctorCheck {
  const about: About = {
    agent,
    name: 'conductor',
    title: 'Runs of playbooks',
    means: 'A run that waits at a gate goes on only when somebody answers.',
    path: there(folder, agent, 'goals'),
  };
  const runs = readGoals(folder, agent).goals.filter((goal) => goal.conductor !== null);
  if (runs.length === 0) return skipped(about, 'No playbook was run.');
  const found = runs.flatMap(({ path, id, subGoals }): Found[] => {
    const waiting = subGoals.filter(({ status }) => status === 'awaiting_decision');
    if (waiting.length === 0) return [];
    const message = `${id} waits at ${waiting.map(({ label }) => label).join(', ')}.`;
    return [{ status: 'warn', message, hint: 'Answer the gate with the runtime’s own command.', path }];
  });
  return judged(about, found, `${counted(runs.length, 'run')}, none waiting.`);
}

function skills(folder: AgentFolder, agent: string): DoctorCheck {
  const about: About = {
    agent,
    name: 'skills',
    title: 'Skills and playbooks',
    means: 'A skill that is not loaded is not offered to the agent.',
    path: there(folder, agent, 'skills'),
  };
  const all = readSkills(folder, agent).skills;
  if (all.length === 0) return skipped(about, 'It has none.');
  const found = all.flatMap(({ path, findings, loaded, why, name }): Found[] => {
    const own = ofFindings(findings, path);
    if (loaded || own.some(({ status }) => status === 'fail')) return own;
    return [
      { status: 'fail', message: `${name} is not loaded: ${why ?? ''}`, hint: 'Mend its header.', path },
      ...own,
    ];
  });
  return judged(about, found, `${counted(all.length, 'skill')}, all loaded.`);
}

/** Mandates of an agent, or (`agent` null) of the root. */
export function mandates(folder: AgentFolder, agent: string | null, today: string): DoctorCheck {
  const path = agent === null ? folder.sharedPath('mandates.md') : folder.pathOf(agent, 'mandates.md');
  const about: About = {
    agent,
    name: 'mandates',
    title: 'Mandates',
    means: 'A standing permission without an end or a limit stays, and is used.',
    path,
  };
  if (path === null || !folder.isFile(path))
    return skipped(about, 'There is no mandates.md: nothing is permitted for good.');
  const all = readMandates(folder, agent, today).mandates.filter((mandate) => mandate.path === path);
  const found = all.flatMap((mandate) =>
    ofFindings(mandate.findings, mandate.path).map((one) =>
      Object.assign(one, { message: `${mandate.id}: ${one.message}` }),
    ),
  );
  return judged(about, found, `${counted(all.length, 'mandate')}, each with an end and a limit.`);
}

function leases(folder: AgentFolder, agent: string, tables: RecordTables): DoctorCheck {
  const about: About = {
    agent,
    name: 'leases',
    title: 'Leases of requests',
    means: 'A request that was made before is taken to be still under way, and is not answered.',
    path: there(folder, agent, 'idempotency'),
  };
  const all = readGovernance(folder, agent, tables).leases;
  if (all.length === 0) return passed(about, 'No request is held.');
  const found = all
    .filter(({ stale, state }) => stale || state === 'unreadable')
    .map(({ path, key, why }): Found => {
      const hint = 'See whether a run is still going on; if not, the runtime clears it with its own command.';
      return { status: 'warn', message: `${key}: ${why}`, hint, path };
    });
  return judged(about, found, `${counted(all.length, 'request')}, none left behind.`);
}

/** The path of a part of an agent; null where it is not there. */
function there(folder: AgentFolder, agent: string, file: string): string | null {
  const path = folder.pathOf(agent, file);
  return folder.has(path) ? path : null;
}
