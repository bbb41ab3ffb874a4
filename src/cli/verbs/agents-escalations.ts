import type { Escalation } from '../../contract/escalations.ts';
import { readEscalations } from '../../core/agents/escalations/read.ts';
import type { Plain } from '../../core/json/build.ts';
import { agentsCall } from '../agents-scene.ts';
import type { Call } from '../command.ts';
import { EXIT, safe, safeLine, type Output } from '../output.ts';
import { tableLines } from '../table.ts';

/** Prints the proposals that wait for an answer, then what became of the others. */
export async function runAgentsEscalations(call: Call, dir: string | undefined): Promise<number> {
  const asked = await agentsCall(call, dir);
  if (!asked.ok) return call.out.failure(asked.error);
  const { folder, nowMicros, agent } = asked.value;
  const queue = readEscalations(folder, nowMicros);
  const of = queue.escalations.filter((escalation) => agent === null || escalation.agent === agent);
  const waiting = of.filter(isWaiting);
  const answer = { ...queue, escalations: of, waiting: waiting.length };
  call.out.answer(answer as unknown as Plain, () => [
    waiting.length === 0 ? 'Nothing waits for an answer.' : `Waiting for an answer: ${waiting.length}`,
    ...waiting.flatMap((escalation) => waitingLines(call.out, escalation)),
    ...othersLines(of.filter((escalation) => !isWaiting(escalation))),
  ]);
  return EXIT.fine;
}

const isWaiting = ({ verdict }: Escalation): boolean =>
  verdict === 'pending' || verdict === 'pending_with_ignored_block';

function waitingLines(out: Output, escalation: Escalation): string[] {
  const { agent, tool, actionClass, path, escalatedAt, reason, hashWhy, argumentsText, autoDecide } =
    escalation;
  const lines = [
    '',
    `${out.paint(safeLine(tool ?? '(no tool)'), 'yellow')}  ${safeLine(agent)}, ${safeLine(actionClass)}, since ${safeLine(escalatedAt ?? 'an unknown time')}${age(escalation.ageSeconds)}`,
    `  ${safeLine(path)}`,
    `  hash: ${safeLine(hashWhy)}`,
  ];
  if (autoDecide !== null) {
    const left = autoDecide.leftSeconds;
    lines.push(
      `  decided by itself after ${autoDecide.afterSeconds} s${left === null ? '' : left > 0 ? `, ${left} s from now` : ', which is past'}: ${safeLine(autoDecide.outcome)} (${safeLine(autoDecide.from)})`,
    );
  }
  if (reason !== '') lines.push(...indented(`reason: ${reason}`));
  if (argumentsText !== null) lines.push(...indented(argumentsText));
  lines.push(...findings(out, escalation));
  return lines;
}

function findings(out: Output, { findings: of }: Escalation): string[] {
  return of.map(({ severity, message, hint }) =>
    out.paint(
      `  ${severity}: ${safeLine(message)} ${safeLine(hint)}`.trimEnd(),
      severity === 'error' ? 'red' : 'yellow',
    ),
  );
}

function othersLines(others: readonly Escalation[]): string[] {
  if (others.length === 0) return [];
  return [
    '',
    ...tableLines(
      [
        { head: 'verdict' },
        { head: 'tool' },
        { head: 'agent' },
        { head: 'by' },
        { head: 'since' },
        { head: 'file' },
      ],
      others.map(({ verdict, tool, agent, blocks, escalatedAt, path }) => [
        verdict,
        tool ?? '',
        agent,
        blocks.find(({ counts }) => counts)?.by ?? '',
        escalatedAt ?? '',
        path,
      ]),
    ),
  ];
}

const indented = (text: string): string[] =>
  safe(text)
    .split('\n')
    .map((line) => `  ${line}`);

function age(seconds: number | null): string {
  if (seconds === null) return '';
  if (seconds < 3600) return ` (${Math.max(0, Math.floor(seconds / 60))} min)`;
  return seconds < 172_800 ? ` (${Math.floor(seconds / 3600)} h)` : ` (${Math.floor(seconds / 86_400)} days)`;
}
