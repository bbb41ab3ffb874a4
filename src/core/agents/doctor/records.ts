import type { DoctorCheck } from '../../../contract/doctor.ts';
import { dayOf } from '../figures/days.ts';
import { gaugesOf } from '../figures/guardrails.ts';
import { counted } from '../figures/numbers.ts';
import type { AgentFolder } from '../folder.ts';
import { FLAG } from '../records/table.ts';
import type { AgentRecords } from '../records/table.ts';
import type { AgentSettings } from '../settings.ts';
import { judged, skipped } from './check.ts';
import type { About, Found } from './check.ts';

/** Whether the logs can be read, and whether the guardrails can count by them (formats/atomic-agents.md §6, §15). */
export function recordChecks(
  folder: AgentFolder,
  settings: AgentSettings,
  records: AgentRecords | null,
  today: string,
): DoctorCheck[] {
  const { agent } = settings;
  const path = folder.pathOf(agent, 'log');
  const log: About = {
    agent,
    name: 'log',
    title: 'Logs',
    means: 'What a line can’t tell is in no figure, neither here nor in the runtime’s own pages.',
    path,
  };
  const spending: About = {
    agent,
    name: 'guardrails',
    title: 'What the guardrails can count',
    means: 'The runtime refuses to go on where a cap holds and it can’t tell what was spent.',
    path,
  };
  if (records === null || records.files.length === 0) {
    return [skipped(log, 'There is no log.'), skipped(spending, 'There is no log.')];
  }
  return [
    judged(log, logFindings(folder, records), logWords(records)),
    guardrails(spending, settings, records, today),
  ];
}

function logWords(records: AgentRecords): string {
  return `${counted(records.count, 'record')} in ${counted(records.files.length, 'file')}.`;
}

const BAD = {
  'not-json': 'is no JSON',
  'not-object': 'is no object',
  torn: 'is torn',
  'being-written': 'is being written',
  'not-utf8': 'is not UTF-8',
  'too-long': 'is longer than what is read',
} as const;

function logFindings(folder: AgentFolder, records: AgentRecords): Found[] {
  const found: Found[] = records.files.flatMap((file): Found[] =>
    file.unreadable === null
      ? []
      : [
          {
            status: 'fail',
            message: `${file.path} can't be read: ${file.unreadable}`,
            hint: 'Change who may read it.',
            path: folder.pathOf(records.agent, file.path),
          },
        ],
  );
  for (const bad of records.badLines) {
    if (bad.kind === 'being-written') continue;
    found.push({
      status: 'warn',
      message: `A line ${BAD[bad.kind]}: ${bad.why}`,
      hint: 'Look at the line; the runtime passes over it.',
      path: folder.pathOf(records.agent, bad.path),
      line: bad.line,
    });
  }
  const count = (flag: number): number => {
    let sum = 0;
    for (let row = 0; row < records.count; row++) if ((records.flags[row]! & flag) !== 0) sum++;
    return sum;
  };
  const odd: readonly (readonly [number, string])[] = [
    [FLAG.badCost, 'has a cost that is no number'],
    [FLAG.misfiled, 'stands in the file of another day'],
    [FLAG.orphan, 'names a parent that has no line'],
  ];
  for (const [flag, words] of odd) {
    const lines = count(flag);
    if (lines === 0) continue;
    found.push({
      status: 'warn',
      message: `${counted(lines, 'record')}: each ${words}.`,
      hint: 'Look at the records.',
    });
  }
  return found;
}

function guardrails(
  about: About,
  settings: AgentSettings,
  records: AgentRecords,
  today: string,
): DoctorCheck {
  if (!settings.capsChecked)
    return skipped(about, 'The guardrails of model.md are off, so the runtime counts nothing.');
  const [day, month] = gaugesOf(records, settings, dayOf(today) ?? 0);
  const found: Found[] = [];
  const unknown = month.unknown ?? day.unknown;
  if (unknown !== null) {
    const hint = 'Take the lines out of the log while no run is going on, and keep a copy.';
    found.push({ status: 'fail', message: unknown, hint });
  }
  for (const gauge of [day, month]) {
    if (!gauge.fired) continue;
    const of = gauge.period === 'day' ? 'The cap of the day' : 'The cap of the month';
    const hint = `Wait, or raise the cap in ${gauge.capFrom ?? 'model.md'}.`;
    found.push({ status: 'warn', message: `${of} is reached; the runtime does “${gauge.action}”.`, hint });
  }
  return judged(about, found, 'The files of the month can be counted, and no cap is reached.');
}
