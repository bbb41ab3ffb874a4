import type { ToolKind } from '../../../contract/vek.ts';
import type { GraphIndex } from '../../graph/index.ts';
import { listEdits } from '../../json/delta-list.ts';
import { diffJson } from '../../json/delta.ts';
import { withoutIgnored, type IgnoreRules } from '../../json/ignored.ts';
import type { JsonNode } from '../../json/tree.ts';
import { limits } from '../../storage/limits.ts';
import type { VekLook } from '../store.ts';
import { failureOf } from '../summary-failure.ts';
import { kindOf } from '../summary-kind.ts';
import { testCounts } from '../summary-output.ts';
import { usageOf } from '../usage-of.ts';
import { readContent, type CompareProgress } from './contents.ts';

/**
 * What calls came to. Costs in micro-dollars and tokens are null where no call states them; `costed` and `counted`
 * calls do. `unpriced`: model calls that state no cost. `read`: calls that were read, fewer than all beyond a limit.
 */
export type Sums = {
  readonly calls: number;
  readonly read: number;
  readonly failed: number;
  readonly fromMicros: number | null;
  readonly toMicros: number | null;
  readonly costMicros: number | null;
  readonly costed: number;
  readonly unpriced: number;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly counted: number;
};

const REPORT_EVERY = 200;

/** Sums up calls, given as nodes, up to so many bytes of contents. Times need no reading and are of all calls. */
export function sumsOf(
  s: VekLook,
  index: GraphIndex,
  nodes: Int32Array,
  mostBytes: number,
  progress?: CompareProgress,
): Sums {
  const sum = { read: 0, failed: 0, cost: 0, costed: 0, unpriced: 0, input: 0, output: 0, counted: 0 };
  let bytes = 0;
  const stated = { input: false, output: false };
  for (const node of nodes) {
    if (bytes > mostBytes) break;
    if (sum.read % REPORT_EVERY === 0) progress?.(sum.read, nodes.length);
    sum.read += 1;
    const record = s.nodeAt(index.rowids[node]!);
    if (record === null) continue;
    const [from, to] = [record.input_hash, record.output_hash].map((hash) =>
      readContent(s, hash, limits.contentBytes),
    );
    bytes += (from?.bytes ?? 0) + (to?.bytes ?? 0);
    const [input, output] = [from?.node ?? null, to?.node ?? null];
    const kind = kindOf(record.tool, input, output);
    if (output !== null && hasFailed(kind, output)) sum.failed += 1;
    const facts = new Map(usageOf(input, output).map((fact) => [fact.kind, fact.value]));
    const cost = facts.get('cost');
    if (typeof cost === 'number') {
      sum.cost += cost;
      sum.costed += 1;
    } else if (kind === 'model') sum.unpriced += 1;
    const tokens = [facts.get('input-tokens'), facts.get('output-tokens')] as const;
    if (typeof tokens[0] === 'number') {
      sum.input += tokens[0];
      stated.input = true;
    }
    if (typeof tokens[1] === 'number') {
      sum.output += tokens[1];
      stated.output = true;
    }
    if (tokens.some((count) => typeof count === 'number')) sum.counted += 1;
  }
  return {
    calls: nodes.length,
    read: sum.read,
    failed: sum.failed,
    ...timesOf(index, nodes),
    costMicros: sum.costed === 0 ? null : sum.cost,
    costed: sum.costed,
    unpriced: sum.unpriced,
    inputTokens: stated.input ? sum.input : null,
    outputTokens: stated.output ? sum.output : null,
    counted: sum.counted,
  };
}

const add = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : a + b;

const pick = (a: number | null, b: number | null, of: (...both: number[]) => number): number | null =>
  a === null || b === null ? (a ?? b) : of(a, b);

/** Whether an output reports a failure, by the very rule of the rows, without the words for it. */
function hasFailed(kind: ToolKind, output: JsonNode): boolean {
  if (kind === 'test' && testCounts(output)?.failed === true) return true;
  return failureOf(kind, output) !== null;
}

/** The sums of calls and of some more, which were read after all of the first. */
export function addSums(one: Sums, more: Sums): Sums {
  return {
    calls: one.calls + more.calls,
    read: one.read + more.read,
    failed: one.failed + more.failed,
    fromMicros: pick(one.fromMicros, more.fromMicros, Math.min),
    toMicros: pick(one.toMicros, more.toMicros, Math.max),
    costMicros: add(one.costMicros, more.costMicros),
    costed: one.costed + more.costed,
    unpriced: one.unpriced + more.unpriced,
    inputTokens: add(one.inputTokens, more.inputTokens),
    outputTokens: add(one.outputTokens, more.outputTokens),
    counted: one.counted + more.counted,
  };
}

/** The first and the last time of some calls; null where none has a readable one. */
function timesOf(index: GraphIndex, nodes: Int32Array): Pick<Sums, 'fromMicros' | 'toMicros'> {
  let [from, to] = [Infinity, -Infinity];
  for (const node of nodes) {
    const time = index.timeMicros[node]!;
    if (time < from) from = time;
    if (time > to) to = time;
  }
  return from <= to ? { fromMicros: from, toMicros: to } : { fromMicros: null, toMicros: null };
}

/**
 * In how many fields the outputs of two calls differ, beside what is ignored: 0 where they are the same. Null where one
 * of them is missing, no JSON, or longer than is compared unasked.
 */
export function outcomeDiffers(
  s: VekLook,
  index: GraphIndex,
  ends: { readonly a: number; readonly b: number },
  rules: IgnoreRules,
): number | null {
  const [one, two] = [ends.a, ends.b].map((node) => s.nodeAt(index.rowids[node]!)?.output_hash ?? null);
  if (one === null || two === null) return null;
  if (one === two) return 0;
  const [old, now] = [one, two].map((hash) => readContent(s, hash!, limits.contentBytes));
  if (old === null || old === undefined || now === null || now === undefined) return null;
  if (old.node === null || now.node === null || old.cut || now.cut) return null;
  return listEdits(diffJson(withoutIgnored(old.node, rules), withoutIgnored(now.node, rules))).length;
}
