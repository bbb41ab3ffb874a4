import type { DoctorCheck } from '../../contract/doctor.ts';
import { doctorReport } from '../../core/agents/doctor/report.ts';
import type { Plain } from '../../core/json/build.ts';
import { agentsCall } from '../agents-scene.ts';
import type { Call } from '../command.ts';
import { EXIT, safe, safeLine, type Output } from '../output.ts';

const COLOURS = { pass: 'green', fail: 'red', warn: 'yellow', skip: 'dim' } as const;

/** Checks the files of agents. Exit code 1 where a check fails; a warning does not, as in the runtime's own doctor (§12). */
export async function runAgentsDoctor(call: Call, dir: string | undefined): Promise<number> {
  const asked = await agentsCall(call, dir);
  if (!asked.ok) return call.out.failure(asked.error);
  const { folder, tables, agent, today } = asked.value;
  const report = doctorReport(folder, tables, agent, today);
  call.out.answer(report as unknown as Plain, () => [
    ...report.checks.flatMap((check) => lines(call.out, check)),
    '',
    `${report.pass} passed, ${report.warn} to look at, ${report.fail} failed, ${report.skip} not checked`,
  ]);
  return report.fail > 0 ? EXIT.problems : EXIT.fine;
}

function lines(out: Output, check: DoctorCheck): string[] {
  const where = check.path === null ? '' : `  (${check.path}${check.line === null ? '' : `:${check.line}`})`;
  const first = `${out.paint(check.status.padEnd(4), COLOURS[check.status])}  ${safeLine(check.agent ?? 'all')}  ${safeLine(check.title)}: ${safe(check.message)}${safeLine(where)}`;
  if (check.status === 'pass' || check.status === 'skip') return [first];
  return [
    first,
    ...[check.means, check.hint, ...check.details]
      .filter((text) => text !== '')
      .map((text) => `      ${safe(text)}`),
  ];
}
