import { fail } from '../../core/result.ts';
import type { Call } from '../command.ts';
import { runLedgerBalances } from './ledger-balances.ts';
import { runLedgerEvents } from './ledger-events.ts';
import { runLedgerExecutions } from './ledger-executions.ts';
import { runLedgerProof } from './ledger-proof.ts';
import { runLedgerSpend } from './ledger-spend.ts';
import { runLedgerVerify } from './ledger-verify.ts';

type Part = {
  readonly run: (call: Call, file: string | undefined) => number | Promise<number>;
  readonly options: readonly string[];
};

const ROWS = ['query', 'agent', 'n', 'all'];

const PARTS = {
  verify: { run: runLedgerVerify, options: ['verbose'] },
  balances: { run: runLedgerBalances, options: ['agent'] },
  events: { run: runLedgerEvents, options: ROWS },
  executions: { run: runLedgerExecutions, options: ROWS },
  spend: { run: runLedgerSpend, options: ['by', 'agent'] },
  proof: { run: runLedgerProof, options: ['script'] },
} as const satisfies Record<string, Part>;

const isPart = (word: string): word is keyof typeof PARTS => Object.hasOwn(PARTS, word);

/** Answers `ledger PART [FILE]`. */
export async function runLedger(call: Call): Promise<number> {
  const [part = '', file, more] = call.words;
  if (!isPart(part)) {
    return call.out.failure(
      fail(
        'bad-request',
        `There is nothing called “${part}” to ask of a ledger.`,
        `Ask for one of: ${Object.keys(PARTS).join(', ')}`,
      ).error,
    );
  }
  if (more !== undefined) {
    const hint = `It takes: vekscope ledger ${part} [FILE]`;
    return call.out.failure(fail('bad-request', `ledger ${part} got a word too many.`, hint).error);
  }
  const { run, options }: Part = PARTS[part];
  const own = new Set(Object.values<Part>(PARTS).flatMap((one) => one.options));
  const odd = [...own].find((name) => call.options[name] !== undefined && !options.includes(name));
  if (odd !== undefined) {
    const where = Object.entries<Part>(PARTS).filter(([, one]) => one.options.includes(odd));
    const names = where.map(([name]) => name).join(', ');
    const dashes = odd.length === 1 ? '-' : '--';
    return call.out.failure(
      fail('bad-request', `${dashes}${odd} is not for ledger ${part}.`, `It goes with: ${names}`).error,
    );
  }
  return run(call, file);
}
