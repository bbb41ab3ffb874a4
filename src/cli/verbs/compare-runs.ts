import type { Plain } from '../../core/json/build.ts';
import type { GraphIndex } from '../../core/graph/index.ts';
import { isDifference, ROW } from '../../core/graph/aligned-shape.ts';
import type { IgnoreRules } from '../../core/json/ignored.ts';
import { limits } from '../../core/storage/limits.ts';
import { compareRuns, type ComparedRuns } from '../../core/vek/compare/compare-runs.ts';
import { readContent } from '../../core/vek/compare/contents.ts';
import type { End } from '../../core/vek/compare/ends.ts';
import { outcomeDiffers, sumsOf, type Sums } from '../../core/vek/compare/sums.ts';
import { counted, notesOn, partialSums } from '../../core/vek/compare/words.ts';
import type { VekLook } from '../../core/vek/store.ts';
import { summariseCall } from '../../core/vek/summary.ts';
import { safeLine, short, type Output } from '../output.ts';
import { rulesText } from './compare-rules.ts';

/** What comparing two runs answers. `lines` are made inside the look. */
export type RunsAnswer = {
  readonly json: Plain;
  readonly lines: (out: Output) => readonly string[];
  readonly notes: readonly string[];
  readonly differs: boolean;
};

type Ends = { readonly a: End; readonly b: End };

/** The words of each kind, in JSON and before a line. */
const KINDS = ['same', 'same', 'changed', 'changed', 'changed', 'only-a', 'only-b'] as const;

/** Rows that a person gets to read; equal ones are counted. JSON has them all. */
const MAX_LINES = 2_000;

type Row = {
  readonly kind: number;
  readonly tool: string;
  readonly a: string | null;
  readonly b: string | null;
};

/** Compares two runs: the split, what both came to, and every call side by side. */
export function compareRunsIn(
  s: VekLook,
  index: GraphIndex,
  order: Int32Array,
  ends: Ends,
  rules: IgnoreRules,
): RunsAnswer {
  const nodes = { a: ends.a.node, b: ends.b.node };
  const found = compareRuns(s, index, order, nodes, rules);
  const { parted } = found;
  const hash = (node: number | undefined): string | null =>
    node === undefined ? null : (s.nodeAt(index.rowids[node]!)?.hash ?? null);
  const sums = {
    a: sumsOf(s, index, parted.a, limits.compareSumBytes / 2),
    b: sumsOf(s, index, parted.b, limits.compareSumBytes / 2),
  };
  const outcome = parted.a.length > 0 && parted.b.length > 0 ? outcomeDiffers(s, index, nodes, rules) : null;
  const rows = Array.from(found.rows.kinds, (kind, row): Row => {
    const [left, right] = [parted.a[found.rows.a[row]!], parted.b[found.rows.b[row]!]];
    const tool = index.toolNames[index.tools[(left ?? right)!]!] ?? '';
    return { kind, tool, a: hash(left), b: hash(right) };
  });
  const names = { a: nameOf(ends.a), b: nameOf(ends.b) };
  const fork = hash(parted.bases[0]);
  const words = wordsOf(s, rows);
  return {
    json: {
      a: endJson(ends.a),
      b: endJson(ends.b),
      fork,
      forks: parted.bases.map((base) => hash(base)),
      shared: parted.shared,
      ...countsJson(found),
      first_difference: found.firstDifference,
      ignore: { times: rules.times, ids: rules.ids, fields: rules.fields },
      totals: { a: sumsJson(sums.a), b: sumsJson(sums.b), outcome_fields: outcome },
      rows: rows.map(({ kind, tool, a, b }) => ({
        kind: KINDS[kind] ?? 'same',
        tool,
        a,
        b,
        input: kind === ROW.input || kind === ROW.both,
        output: kind === ROW.output || kind === ROW.both,
        ignored: kind === ROW.ignored,
      })),
    },
    lines: (out) => [
      `run a: ${safeLine(names.a)} ${out.paint(short(ends.a.hash), 'yellow')}`,
      `run b: ${safeLine(names.b)} ${out.paint(short(ends.b.hash), 'yellow')}`,
      fork === null
        ? 'The two runs have no call in common.'
        : `split at ${out.paint(short(fork), 'yellow')}, ${counted(parted.shared, 'call')} in common`,
      ...(rulesText(rules) === ''
        ? []
        : [
            `${safeLine(rulesText(rules))} (${counted(found.counts.ignored, 'call')} differ in nothing else)`,
          ]),
      '',
      ...table(sums.a, sums.b, outcome),
      '',
      ...(rows.length === 0 ? ['Neither run has a call that the other has not.'] : words(out)),
    ],
    notes: [
      ...notesOn(found, names),
      ...partialSums(names.a, sums.a.read, sums.a.calls),
      ...partialSums(names.b, sums.b.read, sums.b.calls),
    ],
    differs: found.firstDifference !== null,
  };
}

const nameOf = ({ ref, hash }: End): string => ref?.name ?? hash.slice(0, 10);

const endJson = ({ ref, hash }: End): Plain => ({ name: ref?.name ?? null, hash });

const countsJson = ({ counts }: ComparedRuns) => ({
  same: counts.same,
  changed: counts.changed,
  only_a: counts.onlyA,
  only_b: counts.onlyB,
  ignored: counts.ignored,
});

const sumsJson = (sums: Sums): Plain => ({
  calls: sums.calls,
  read: sums.read,
  failed: sums.failed,
  from_micros: sums.fromMicros,
  to_micros: sums.toMicros,
  cost_micro_usd: sums.costMicros,
  costed: sums.costed,
  unpriced: sums.unpriced,
  input_tokens: sums.inputTokens,
  output_tokens: sums.outputTokens,
  counted: sums.counted,
});

function table(a: Sums, b: Sums, outcome: number | null): readonly string[] {
  const line = (what: string, of: (sums: Sums) => string): string =>
    `${what.padEnd(16)}${of(a).padStart(16)}${of(b).padStart(16)}`;
  return [
    `${'after the split'.padEnd(16)}${'a'.padStart(16)}${'b'.padStart(16)}`,
    line('calls', ({ calls }) => String(calls)),
    line('failed', ({ failed }) => String(failed)),
    line('seconds', spanText),
    line('cost', costText),
    line('input tokens', ({ inputTokens }) => (inputTokens === null ? '-' : String(inputTokens))),
    line('output tokens', ({ outputTokens }) => (outputTokens === null ? '-' : String(outputTokens))),
    ...(outcome === null
      ? []
      : [
          `last output: ${outcome === 0 ? 'the same' : `${counted(outcome, 'field')} ${outcome === 1 ? 'differs' : 'differ'}`}`,
        ]),
  ];
}

function spanText({ fromMicros, toMicros }: Sums): string {
  return fromMicros === null || toMicros === null ? '-' : ((toMicros - fromMicros) / 1e6).toFixed(1);
}

function costText({ costMicros, unpriced }: Sums): string {
  const stated = costMicros === null ? null : `$${(costMicros / 1e6).toFixed(6)}`;
  if (unpriced === 0) return stated ?? '-';
  return stated === null ? 'unpriced' : `${stated} +?`;
}

/** The rows in words: equal ones counted, the others one by one with what they did. */
function wordsOf(s: VekLook, rows: readonly Row[]): (out: Output) => readonly string[] {
  const shown = rows.filter(({ kind }) => isDifference(kind)).slice(0, MAX_LINES);
  const said = new Map(shown.flatMap(({ a, b }) => [a, b].map((hash) => [hash, sayOf(s, hash)] as const)));
  return (out) => {
    const lines: string[] = [];
    let equal = 0;
    let left = MAX_LINES;
    const flush = (): void => {
      if (equal > 0) lines.push(out.paint(`= ${counted(equal, 'call')} the same`, 'dim'));
      equal = 0;
    };
    for (const { kind, tool, a, b } of rows) {
      if (!isDifference(kind)) {
        equal += 1;
        continue;
      }
      flush();
      if (left === 0) continue;
      left -= 1;
      const name = safeLine(tool);
      if (kind === ROW.onlyA)
        lines.push(`${out.paint('<', 'red')} ${short(a ?? '')} ${name}  ${said.get(a)}`);
      else if (kind === ROW.onlyB)
        lines.push(`${out.paint('>', 'green')} ${short(b ?? '')} ${name}  ${said.get(b)}`);
      else {
        const what =
          kind === ROW.both
            ? 'input and output differ'
            : kind === ROW.input
              ? 'input differs'
              : 'output differs';
        lines.push(`${out.paint('≠', 'yellow')} ${short(a ?? '')} ${short(b ?? '')} ${name}  ${what}`);
        lines.push(`    a: ${said.get(a)}`, `    b: ${said.get(b)}`);
      }
    }
    flush();
    const all = rows.filter(({ kind }) => isDifference(kind)).length;
    if (all > MAX_LINES)
      lines.push(`… and ${counted(all - MAX_LINES, 'more difference')}; --json has them all`);
    return lines;
  };
}

function sayOf(s: VekLook, hash: string | null): string {
  const record = hash === null ? null : s.node(hash);
  if (record === null) return '';
  const [input, output] = [record.input_hash, record.output_hash].map((one) =>
    readContent(s, one, limits.summaryBytes),
  );
  const summary = summariseCall(record.tool, input?.node ?? null, output?.node ?? null, {
    inputCut: input?.cut === true,
    outputCut: output?.cut === true,
  });
  return safeLine([summary.input, summary.output].filter((text) => text !== '').join(' → '));
}
