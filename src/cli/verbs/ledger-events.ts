import { chainStateOf, expectedPrev, hashesBefore } from '../../core/aex/execution/chain-state.ts';
import { kindOf, readPayload, type StoredEntry } from '../../core/aex/entry.ts';
import { entryOfRow } from '../../core/aex/index/fits.ts';
import type { ChainState } from '../../contract/ledger.ts';
import type { LedgerLook } from '../../core/aex/store.ts';
import { balancesOf, type Balance } from '../../core/aex/views/balances.ts';
import type { LedgerViewLines } from '../../core/aex/views/view.ts';
import { linesAt } from '../../core/aex/views/lines.ts';
import type { Call } from '../command.ts';
import { ledgerCall, type LedgerCall } from '../ledger-scene.ts';
import { money, tableEach } from '../table.ts';
import { printEach, writeList } from './ledger-print.ts';
import { moreLine, noneLine, viewOf } from './ledger-rows.ts';

const COLUMNS = [
  { head: 'entry', right: true },
  { head: 'time' },
  { head: 'agent' },
  { head: 'event' },
  { head: 'amount', right: true },
  { head: 'left', right: true },
  { head: 'chain' },
  { head: 'what' },
] as const;

type Shown = { readonly entry: StoredEntry; readonly chain: ChainState; readonly balance: Balance };

/** Prints entries of the log, newest first, each read from the file with its hash recomputed. */
export async function runLedgerEvents(call: Call, file: string | undefined): Promise<number> {
  const asked = await ledgerCall(call, file);
  if (!asked.ok) return call.out.failure(asked.error);
  const at = asked.value;
  const view = viewOf(call, at, 'entries');
  if (!view.ok) return at.out.failure(view.error);
  const { made, wanted } = view.value;
  return printEach(at, (look, write) => {
    const rows = (): Iterable<Shown> => entriesShown(at, look, made, wanted);
    if (at.out.json) {
      writeList(at.out, rows(), plain, write);
      return;
    }
    if (made.total === 0) {
      write(`${noneLine(made.view, 'entries')}\n`);
      return;
    }
    const broken: boolean[] = [];
    let shown = 0;
    const cells = function* (): Iterable<readonly string[]> {
      shown = 0;
      for (const row of rows()) {
        broken[shown++] = row.chain === 'broken';
        yield cellsOf(row);
      }
    };
    let line = 0;
    for (const text of tableEach(COLUMNS, cells)) {
      const masked = at.out.line(text);
      write(`${line > 0 && broken[line - 1] === true ? at.out.paint(masked, 'red') : masked}\n`);
      line++;
    }
    for (const text of moreLine(shown, made.total, 'entry', 'entries')) write(`${text}\n`);
  });
}

/** Entries that are read from the view at once. */
const AT_ONCE = 500;

function* entriesShown(
  { index, facts }: LedgerCall,
  look: LedgerLook,
  made: LedgerViewLines,
  wanted: number,
): Generator<Shown, void, void> {
  const balance = balancesOf(index.columns, made.view.agent, facts);
  const before = hashesBefore(look);
  const isAgent = (name: string): boolean => facts.budgets.has(name);
  for (let from = 0; from < wanted; from += AT_ONCE) {
    for (const line of linesAt(index.columns, made, facts, from, Math.min(AT_ONCE, wanted - from))) {
      if (line.line !== 'entry') continue;
      const entry = entryOfRow(look, index, line.row);
      if (entry === null) continue;
      const chain = chainStateOf(entry, expectedPrev(before(entry.seq)), [], isAgent);
      yield { entry, chain, balance: balance(line.row) };
    }
  }
}

const plain = ({ entry, chain, balance: { spentMicro, reservedMicro, availableMicro } }: Shown) => ({
  seq: entry.seq,
  ts: entry.ts,
  agent: entry.agent,
  execution_id: entry.executionId,
  event_type: entry.type,
  payload: entry.payload,
  prev_hash: entry.prevHash,
  event_hash: entry.hash,
  chain,
  spent_micro: spentMicro,
  reserved_micro: reservedMicro,
  available_micro: availableMicro,
});

const cellsOf = ({ entry, chain, balance: { availableMicro } }: Shown): readonly string[] => [
  String(entry.seq),
  entry.ts,
  entry.agent ?? '',
  entry.type,
  amountOf(entry),
  availableMicro === null ? '?' : money(availableMicro),
  chain,
  whatOf(entry),
];

function amountOf(entry: StoredEntry): string {
  const { cost, estimated } = readPayload(entry.type, entry.payload);
  const micro = cost ?? estimated;
  return micro === null ? '' : money(micro);
}

function whatOf(entry: StoredEntry): string {
  const payload = readPayload(entry.type, entry.payload);
  switch (kindOf(entry.type)) {
    case 'commit':
      return `${payload.model ?? '(no model)'}, ${payload.prompt ?? 0} + ${payload.completion ?? 0} tokens`;
    case 'deny':
      return `${payload.detail ?? ''}: ${payload.remaining === null ? '?' : money(payload.remaining)} left`;
    case 'release':
    case 'fail':
    case 'policy':
      return payload.reason ?? '';
    case 'reserve':
      return payload.expiry === null ? '' : `until ${payload.expiry}`;
    case 'tool':
      return payload.tool ?? '';
    case 'tool-denied':
      return `${payload.tool ?? ''}: ${payload.error ?? ''}`;
    case 'lifecycle':
      return `${payload.from ?? '?'} → ${payload.to ?? '?'}${payload.reason === null ? '' : `: ${payload.reason}`}`;
    case 'dispatch':
      return payload.state ?? '';
    case 'other':
      return entry.payload.slice(0, 200);
  }
}
