import type { LedgerFinding } from '../../../../contract/ledger-report.ts';

/** A cell of the statement that a finding is about. `what`: the entry as a whole. */
export type WrongCell = 'what' | 'time' | 'agent' | 'detail' | 'amount';

/** By entry: the cells whose content a finding says is wrong; empty: only a record beside the entry is. */
export type Wrong = ReadonlyMap<number, ReadonlySet<WrongCell>>;

/** These are about another record of the same call: the entry itself is as it was. */
const BESIDE: ReadonlySet<LedgerFinding['kind']> = new Set([
  'execution-differs',
  'reservation-differs',
  'row-missing',
  'stream-differs',
  'identity-differs',
  'rate-window-differs',
  'budget-differs',
  'spent-differs',
  'reserved-differs',
  'tokens-differ',
  'lifecycle-differs',
  'entry-missing',
  'tail-missing',
]);

/** What each entry is accused of, by errors and warnings. */
export function wrongCells(findings: readonly LedgerFinding[]): Wrong {
  const cells = new Map<number, Set<WrongCell>>();
  for (const finding of findings) {
    const { seq, severity } = finding;
    if (seq === null || severity === 'notice') continue;
    const of = cells.get(seq) ?? new Set<WrongCell>();
    for (const cell of cellsOf(finding)) of.add(cell);
    cells.set(seq, of);
  }
  return cells;
}

function cellsOf({ kind, expected, found }: LedgerFinding): readonly WrongCell[] {
  if (BESIDE.has(kind)) return [];
  if (kind === 'time-differs') return ['time'];
  if (kind === 'agent-differs') return ['agent'];
  if (kind === 'price-differs') return ['amount'];
  const said = `${expected ?? ''} ${found ?? ''}`;
  const cells: WrongCell[] = [];
  if (/\b(?:cost|estimate|estimated|remaining)(?:_micro)?\b/.test(said)) cells.push('amount');
  if (/\bmodel\b|tokens\b/.test(said)) cells.push('detail');
  return cells.length === 0 ? ['what'] : cells;
}
