import type { LedgerReport } from '../../contract/ledger-report.ts';
import { chainWords } from '../../core/aex/check/chain-words.ts';
import { checkLedger } from '../../core/aex/check/check.ts';
import { pictureOf } from '../../core/aex/check/stretches.ts';
import type { LedgerPaths } from '../../core/aex/paths.ts';
import { dataDirPath } from '../../core/storage/data-dir.ts';
import type { Call } from '../command.ts';
import { ledgerOf, outputFor, type LedgerOutput } from '../ledger-scene.ts';
import { counted, EXIT, safeLine } from '../output.ts';
import { countsOf, findingLines } from './ledger-findings.ts';

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
    ...chainLine(report),
    `${mark(out, balances.ok)}  balances  ${safeLine(balances.detail)}`,
    ...seen(report).map((text) => `${out.paint('seen   ', 'dim')}  ${safeLine(text)}`),
    ...findingLines(out, findings, verbose),
    ...(verbose ? verboseLines(out, report) : unknownHint(report)),
  ];
}

/** The chain by all findings, where it is not simply whole: the line above is the original's own walk. */
function chainLine({ stretches }: LedgerReport): string[] {
  if (stretches.every(({ is }) => is === 'verified')) return [];
  const words = chainWords(pictureOf(stretches, stretches.length));
  return [`                   ${words.map(({ text }) => text).join(', ')}`];
}

function verdict(out: LedgerOutput, { ok, findings }: LedgerReport): string {
  const said = countsOf(findings);
  const counts = said === '' ? '' : ` (${said})`;
  return ok
    ? `${out.paint('nothing is wrong', 'green')}${counts}`
    : `${out.paint('does not add up', 'red')}${counts}`;
}

const mark = (out: LedgerOutput, ok: boolean): string =>
  ok ? out.paint('holds  ', 'green') : out.paint('broken ', 'red');

/** What an earlier look adds; where it tells of something wrong, that is a finding. */
function seen({ witness }: LedgerReport): string[] {
  return ['first', 'same', 'grown', 'off'].includes(witness.state) ? [witness.text] : [];
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
