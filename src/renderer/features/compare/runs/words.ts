import type { ComparedRow, RunComparison, RunEnd, RunSums, RunTotals } from '../../../../contract/compare.ts';
import type { CallRow } from '../../../../contract/vek.ts';
import { formatCount, formatCounted, formatMoney, formatSpan, shortHash } from '../../../ui/format.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import { cutMiddle } from '../../graph/cut.ts';

/** One figure of both runs: what each came to, and in words how far apart they are. */
export type Delta = {
  readonly name: string;
  readonly a: string;
  readonly b: string;
  readonly words: string;
  /** the words say that something is missing */
  readonly warn: boolean;
};

/** Letters of a name or a summary in a sentence. */
const SHORT = 48;

/** How a person knows a run: the name of its ref without `tag/`, or the beginning of its hash. */
export function runName({ name, hash }: RunEnd): string {
  return name === null ? shortHash(hash) : visibleText(name);
}

/** The figures of two runs after their split that are worth comparing; those that neither states are left out. */
export function deltasOf({ a, b }: RunSums): readonly Delta[] {
  const deltas: Delta[] = [callsDelta(a, b)];
  if (a.costed + b.costed + a.unpriced + b.unpriced > 0) deltas.push(costDelta(a, b));
  if (a.fromMicros !== null || b.fromMicros !== null) deltas.push(timeDelta(a, b));
  if (a.counted + b.counted > 0) deltas.push(tokensDelta(a, b));
  return deltas;
}

function apart(by: number, format: (size: number) => string, more: string, fewer: string): string {
  if (by === 0) return 'the same';
  return `${format(Math.abs(by))} ${by > 0 ? more : fewer}`;
}

function callsDelta(a: RunTotals, b: RunTotals): Delta {
  const words = apart(b.calls - a.calls, formatCount, 'more', 'fewer');
  const failed =
    a.failed + b.failed === 0 ? '' : `, failed ${formatCount(a.failed)} → ${formatCount(b.failed)}`;
  const [one, two] = [formatCount(a.calls), formatCount(b.calls)];
  return { name: 'Calls', a: one, b: two, words: `${words}${failed}`, warn: false };
}

function costText({ calls, costMicros, unpriced }: RunTotals): string {
  if (costMicros !== null) return formatMoney(costMicros);
  if (calls === 0) return 'none';
  return unpriced > 0 ? 'unpriced' : 'not stated';
}

function costDelta(a: RunTotals, b: RunTotals): Delta {
  const unpriced = a.unpriced + b.unpriced;
  const known = a.costMicros !== null && b.costMicros !== null;
  const words =
    unpriced > 0
      ? `${formatCounted(unpriced, 'call')} ${unpriced === 1 ? 'has' : 'have'} no price`
      : known
        ? apart(b.costMicros - a.costMicros, formatMoney, 'more', 'less')
        : 'one run states none';
  return { name: 'Cost after the split', a: costText(a), b: costText(b), words, warn: unpriced > 0 };
}

const spanOf = ({ fromMicros, toMicros }: RunTotals): number | null =>
  fromMicros === null || toMicros === null ? null : toMicros - fromMicros;

const spanText = (micros: number | null): string => (micros === null ? 'none' : formatSpan(micros));

function timeDelta(a: RunTotals, b: RunTotals): Delta {
  const [one, two] = [spanOf(a), spanOf(b)];
  const words =
    one === null || two === null ? 'first to last call' : apart(two - one, formatSpan, 'more', 'less');
  return { name: 'Time', a: spanText(one), b: spanText(two), words, warn: false };
}

function countText(calls: number, tokens: number | null): string {
  if (tokens !== null) return formatCount(tokens);
  return calls === 0 ? 'none' : 'not stated';
}

/** Output tokens, and in the words under them the input tokens. Where only those are stated, they stand alone. */
function tokensDelta(a: RunTotals, b: RunTotals): Delta {
  const input = `${countText(a.calls, a.inputTokens)} → ${countText(b.calls, b.inputTokens)}`;
  if (a.outputTokens === null && b.outputTokens === null) {
    const [one, two] = [a, b].map(({ calls, inputTokens }) => countText(calls, inputTokens));
    return {
      name: 'Input tokens',
      a: one!,
      b: two!,
      words: tokenWords(a.inputTokens, b.inputTokens),
      warn: false,
    };
  }
  const words = tokenWords(a.outputTokens, b.outputTokens);
  return {
    name: 'Output tokens',
    a: countText(a.calls, a.outputTokens),
    b: countText(b.calls, b.outputTokens),
    words: a.inputTokens === null && b.inputTokens === null ? words : `${words}, input ${input}`,
    warn: false,
  };
}

function tokenWords(a: number | null, b: number | null): string {
  return a === null || b === null ? 'one run states none' : apart(b - a, formatCount, 'more', 'fewer');
}

/** A call in a few words: its tool and what went in. */
function sayCall({ tool, summary }: CallRow): string {
  const name = tool === '' ? 'a call without a name' : cutMiddle(visibleText(tool), SHORT);
  return summary.input === '' ? name : `${name} “${cutMiddle(visibleText(summary.input), SHORT)}”`;
}

/**
 * The first difference in a sentence. `row` is its row, `near` rows around it: where the runs go on differently, the
 * first call of each is said.
 */
export function firstDifferenceWords(
  { a, b }: RunComparison,
  row: ComparedRow,
  near: readonly ComparedRow[],
): string {
  const [left, right] = [runName(a), runName(b)];
  const both = row.a ?? row.b;
  if (row.kind === 'changed' && both !== null) {
    const tool = both.tool === '' ? 'A call' : cutMiddle(visibleText(both.tool), SHORT);
    if (!row.input) return `${tool} with the same input gave another output in ${right}`;
    const inputs = [row.a, row.b].map((call) => cutMiddle(visibleText(call?.summary.input ?? ''), SHORT));
    const words = inputs[0] === inputs[1] ? '' : `: “${inputs[0]}” in ${left}, “${inputs[1]}” in ${right}`;
    return `${tool} was called with another input${words}`;
  }
  const after = near.filter((one) => one.row >= row.row);
  const stop = after.findIndex((one) => one.kind === 'same');
  const gap = stop < 0 ? after : after.slice(0, stop);
  const first = { a: gap.find((one) => one.a !== null)?.a, b: gap.find((one) => one.b !== null)?.b };
  const parts = [
    ...(first.a === undefined || first.a === null ? [] : [`${left} called ${sayCall(first.a)}`]),
    ...(first.b === undefined || first.b === null ? [] : [`${right} called ${sayCall(first.b)}`]),
  ];
  return parts.length === 2 ? parts.join('; ') : `only ${parts[0] ?? 'one run goes on'}`;
}

/** What the sign in the middle of a row means. */
export function signWords(row: ComparedRow, a: string, b: string): string {
  switch (row.kind) {
    case 'same':
      return row.ignored ? 'the same but for what is ignored' : 'the same';
    case 'only-a':
      return `only in ${a}`;
    case 'only-b':
      return `only in ${b}`;
    case 'changed':
      if (row.input && row.output) return 'input and output differ';
      return row.input ? 'input differs' : 'output differs';
  }
}

const readOut = ({ tool, summary, broken }: CallRow): string =>
  [
    cutMiddle(visibleText(tool), 100) || 'no name',
    summary.input,
    ...broken,
    summary.output === '' ? '' : `${summary.failed ? 'failed: ' : 'gave '}${summary.output}`,
  ]
    .filter((part) => part !== '')
    .join(', ');

/** What a screen reader says of a row. */
export function rowWords(row: ComparedRow, names: { readonly a: string; readonly b: string }): string {
  const sign = signWords(row, names.a, names.b);
  if (row.kind === 'changed' && row.a !== null && row.b !== null) {
    return `${sign}. ${names.a}: ${readOut(row.a)}. ${names.b}: ${readOut(row.b)}`;
  }
  const one = row.a ?? row.b;
  return one === null ? sign : `${sign}: ${readOut(one)}`;
}

/** The counts under the rows: `12 the same, 3 differ, 2 only in main`. */
export function countsWords({ same, changed, onlyA, onlyB, a, b }: RunComparison): string {
  return [
    ...(same === 0 ? [] : [`${formatCount(same)} the same`]),
    ...(changed === 0 ? [] : [`${formatCount(changed)} ${changed === 1 ? 'differs' : 'differ'}`]),
    ...(onlyA === 0 ? [] : [`${formatCount(onlyA)} only in ${runName(a)}`]),
    ...(onlyB === 0 ? [] : [`${formatCount(onlyB)} only in ${runName(b)}`]),
  ].join(', ');
}
