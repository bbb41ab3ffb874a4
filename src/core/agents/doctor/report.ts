import type { DoctorCheck, DoctorReport } from '../../../contract/doctor.ts';
import type { Escalation } from '../../../contract/escalations.ts';
import { readEscalations } from '../escalations/read.ts';
import { dayOf, endOf } from '../figures/days.ts';
import type { AgentFolder } from '../folder.ts';
import type { RecordTables } from '../records/table.ts';
import { readSettings } from '../settings.ts';
import { actingChecks } from './acting.ts';
import { withFix } from './fix.ts';
import { governingChecks } from './governing.ts';
import { loadingChecks } from './loading.ts';
import { recordChecks } from './records.ts';
import { elsewhereChecks, queues, sharedChecks, uncheckable } from './shared.ts';
import { mandates, workingChecks } from './working.ts';

function agentChecks(
  folder: AgentFolder,
  tables: RecordTables,
  agent: string,
  escalations: readonly Escalation[],
  today: string,
): DoctorCheck[] {
  const settings = readSettings(folder, agent);
  const records = tables.agents.find((one) => one.agent === agent) ?? null;
  return [
    ...loadingChecks(folder, settings, today),
    ...actingChecks(folder, settings, records),
    ...governingChecks(folder, settings, escalations),
    ...workingChecks(folder, agent, today, tables),
    ...recordChecks(folder, settings, records, today),
    ...elsewhereChecks(agent, settings.elsewhere),
  ].map((check) => withFix(folder, check, today));
}

/**
 * All checks of formats/atomic-agents.md §12 that files alone can answer, of one agent or of all; those that they can't
 * are listed as skipped, with the reason. Nothing is started, called or written.
 */
export function doctorReport(
  folder: AgentFolder,
  tables: RecordTables,
  agent: string | null,
  today: string,
): DoctorReport {
  const { escalations } = readEscalations(folder, endOf(dayOf(today) ?? 0));
  const named = folder.root.agents.filter(
    ({ name, logOnly }) => !logOnly && (agent === null || name === agent),
  );
  const checks = [
    ...sharedChecks(folder),
    mandates(folder, null, today),
    queues(folder),
    ...named.flatMap(({ name }) => agentChecks(folder, tables, name, escalations, today)),
    ...uncheckable(folder),
  ];
  const count = (status: DoctorCheck['status']): number =>
    checks.filter((check) => check.status === status).length;
  return { checks, pass: count('pass'), fail: count('fail'), warn: count('warn'), skip: count('skip') };
}
