import { chainStateOf, expectedPrev, hashesBefore } from '../../core/aex/execution/chain-state.ts';
import { kindOf, readPayload, type StoredEntry } from '../../core/aex/entry.ts';
import { entryOfRow } from '../../core/aex/index/fits.ts';
import { lookAtLedger } from '../../core/aex/store.ts';
import { balancesOf } from '../../core/aex/views/balances.ts';
import { linesAt } from '../../core/aex/views/lines.ts';
import type { Call } from '../command.ts';
import { ledgerCall } from '../ledger-scene.ts';
import { EXIT } from '../output.ts';
import { money, tableLines } from '../table.ts';
import { moreLine, viewOf } from './ledger-rows.ts';

/** Prints entries of the log, newest first, each read from the file with its hash recomputed. */
export async function runLedgerEvents(call: Call, file: string | undefined): Promise<number> {
  const asked = await ledgerCall(call, file);
  if (!asked.ok) return call.out.failure(asked.error);
  const at = asked.value;
  const view = viewOf(call, at, 'entries');
  if (!view.ok) return at.out.failure(view.error);
  const { made, wanted } = view.value;
  const { columns } = at.index;
  const balance = balancesOf(columns, made.view.agent, at.facts);
  const isAgent = (name: string): boolean => at.facts.budgets.has(name);
  const read = lookAtLedger(at.paths, (look) => {
    const before = hashesBefore(look);
    return linesAt(columns, made, at.facts, 0, wanted).flatMap((line) => {
      if (line.line !== 'entry') return [];
      const entry = entryOfRow(look, at.index, line.row);
      if (entry === null) return [];
      const chain = chainStateOf(entry, expectedPrev(before(entry.seq)), [], isAgent);
      return [{ entry, chain, balance: balance(line.row) }];
    });
  });
  if (!read.ok) return at.out.failure(read.error);
  at.out.answer(
    read.value.map(({ entry, chain, balance: { spentMicro, reservedMicro, availableMicro } }) => ({
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
    })),
    () => [
      ...paintBroken(
        tableLines(
          [
            { head: 'entry', right: true },
            { head: 'time' },
            { head: 'agent' },
            { head: 'event' },
            { head: 'amount', right: true },
            { head: 'left', right: true },
            { head: 'chain' },
            { head: 'what' },
          ],
          read.value.map(({ entry, chain, balance: { availableMicro } }) => [
            String(entry.seq),
            entry.ts,
            entry.agent ?? '',
            entry.type,
            amountOf(entry),
            availableMicro === null ? '?' : money(availableMicro),
            chain,
            whatOf(entry),
          ]),
        ),
        read.value.map(({ chain }) => chain === 'broken'),
        (line) => at.out.paint(line, 'red'),
      ),
      ...moreLine(read.value.length, made.total, 'entry', 'entries'),
    ],
  );
  return EXIT.fine;
}

function paintBroken(
  lines: readonly string[],
  broken: readonly boolean[],
  paint: (line: string) => string,
): string[] {
  return lines.map((line, at) => (at > 0 && broken[at - 1] === true ? paint(line) : line));
}

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
