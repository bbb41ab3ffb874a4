import type { LedgerFinding, LedgerReport } from '../../contract/ledger-report.ts';
import { checkLedger } from '../../core/aex/check/check.ts';
import type { LedgerPaths } from '../../core/aex/paths.ts';
import { dataDirPath } from '../../core/storage/data-dir.ts';
import type { Call } from '../command.ts';
import { ledgerOf, outputFor, type LedgerOutput } from '../ledger-scene.ts';
import { counted, EXIT, safeLine } from '../output.ts';

/** Checks a ledger in full, and remembers what was seen of it. */
export async function runLedgerVerify(call: Call, file: string | undefined): Promise<number> {
  const found = ledgerOf(call, file);
  if (!found.ok) return call.out.failure(found.error);
  const paths = found.value;
  const out = outputFor(call, paths);
  const onProgress =
    out.json || process.stderr.isTTY !== true
      ? undefined
      : ({ done, total }: { done: number; total: number }) =>
          process.stderr.write(`\r${done} of ${total} checked`);
  const checked = await checkLedger(paths, { dataDir: dataDirPath(), onProgress });
  if (onProgress !== undefined) process.stderr.write('\r\u001b[K');
  if (!checked.ok) return out.failure(checked.error);
  const report = checked.value;
  const verbose = call.options['verbose'] === true;
  out.answer(jsonOf(report), () => lines(out, paths, report, verbose));
  return report.ok ? EXIT.fine : EXIT.problems;
}

/** The answer for programs; its keys are a promise. */
function jsonOf({ ok, chain, balances, findings }: LedgerReport) {
  return {
    ok,
    chain: { ok: chain.ok, detail: chain.detail, seq: chain.seq },
    balances: { ok: balances.ok, detail: balances.detail },
    findings: findings.map(({ kind, severity, seq, executionId, agent, message, expected, found }) => ({
      kind,
      severity,
      seq,
      execution_id: executionId,
      agent,
      message,
      expected,
      found,
    })),
  };
}

function lines(out: LedgerOutput, paths: LedgerPaths, report: LedgerReport, verbose: boolean): string[] {
  const { chain, balances, checked, findings } = report;
  const counts = [
    `${checked.events.toLocaleString('en-US')} ${checked.events === 1 ? 'entry' : 'entries'}`,
    counted(checked.executions, 'execution'),
    counted(checked.agents, 'agent'),
  ].join(', ');
  return [
    `${verdict(out, report)}: ${safeLine(paths.db)}, ${counts}`,
    '',
    `${mark(out, chain.ok)}  chain     ${safeLine(chain.detail)}`,
    `${mark(out, balances.ok)}  balances  ${safeLine(balances.detail)}`,
    ...seen(report).map((text) => `${out.paint('seen   ', 'dim')}  ${safeLine(text)}`),
    ...findings.flatMap((finding) => findingLines(out, finding)),
    ...(verbose ? verboseLines(out, report) : unknownHint(report)),
  ];
}

function verdict(out: LedgerOutput, { ok, findings }: LedgerReport): string {
  const of = (severity: LedgerFinding['severity']): number =>
    findings.filter((finding) => finding.severity === severity).length;
  const [errors, warnings, notices] = [of('error'), of('warning'), of('notice')];
  const others = [
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
    ...(notices > 0 ? [counted(notices, 'notice')] : []),
  ];
  if (ok)
    return `${out.paint('nothing is wrong', 'green')}${others.length > 0 ? ` (${others.join(', ')})` : ''}`;
  const what = errors > 0 ? [counted(errors, 'error'), ...others].join(', ') : others.join(', ');
  return `${out.paint('does not add up', 'red')}${what === '' ? '' : ` (${what})`}`;
}

const mark = (out: LedgerOutput, ok: boolean): string =>
  ok ? out.paint('holds  ', 'green') : out.paint('broken ', 'red');

/** What an earlier look adds; where it tells of something wrong, that is a finding. */
function seen({ witness }: LedgerReport): string[] {
  return ['first', 'same', 'grown'].includes(witness.state) ? [witness.text] : [];
}

const COLOURS = { error: 'red', warning: 'yellow', notice: 'dim' } as const;
const SURE = {
  proved: 'Proved: recomputed, nothing else fits.',
  likely: 'Likely: most records say so.',
  possible: 'Possible: it may have another reason.',
} as const;

function findingLines(out: LedgerOutput, finding: LedgerFinding): string[] {
  const { kind, severity, seq, executionId, agent, message, expected, found, since, sure, because } = finding;
  const place = [
    ...(seq === null ? [] : [`entry ${seq}`]),
    ...(agent === null ? [] : [`agent ${agent}`]),
    ...(executionId === null ? [] : [`execution ${executionId}`]),
  ].join(', ');
  return [
    '',
    `${out.paint(severity.padEnd(7), COLOURS[severity])}  ${kind}${place === '' ? '' : `  ${safeLine(place)}`}`,
    `         ${safeLine(message)}`,
    ...(expected === null ? [] : [`         expected  ${safeLine(expected)}`]),
    ...(found === null ? [] : [`         found     ${safeLine(found)}`]),
    ...because.map(
      ({ where, says, agrees }) =>
        `         ${agrees ? 'for     ' : 'against '}  ${safeLine(`${where}: ${says}`)}`,
    ),
    ...(severity === 'notice'
      ? []
      : [`         ${SURE[sure]}${since === null ? '' : ` Not to be trusted from entry ${since} on.`}`]),
  ];
}

function verboseLines(out: LedgerOutput, { invariants, sound, unknown }: LedgerReport): string[] {
  return [
    '',
    ...invariants.map(
      ({ name, passed, detail }) =>
        `${passed ? out.paint('holds  ', 'green') : out.paint('fails  ', 'red')}  ${name}${detail === null ? '' : `  ${safeLine(detail)}`}`,
    ),
    ...sound.map(({ text }) => `${out.paint('sound  ', 'green')}  ${safeLine(text)}`),
    ...unknown.map(({ message }) => `${out.paint('unknown', 'yellow')}  ${safeLine(message)}`),
  ];
}

function unknownHint({ unknown }: LedgerReport): string[] {
  if (unknown.length === 0) return [];
  return ['', `${counted(unknown.length, 'thing')} can't be known from this file; --verbose names them.`];
}
