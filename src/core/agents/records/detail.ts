import { join, relative, sep } from 'node:path';
import type { BadLine, RecordDetail } from '../../../contract/records.ts';
import { fail, ok, type Result } from '../../result.ts';
import { HIGHEST, costNanosAt, rateOf } from '../prices.ts';
import { limits } from '../../storage/limits.ts';
import { microsOf } from './match.ts';
import type { RecordStore } from './open.ts';
import { lineOf, objectOf, readId, rowAt, rowOf } from './row.ts';
import { parentOf } from './relatives.ts';
import type { AgentRecords } from './table.ts';

const gone = (id: string): ReturnType<typeof fail> =>
  fail(
    'not-found',
    `There is no record ${id} any more: its log was changed or removed.`,
    'Go back to the list and choose another one.',
  );

/** One record in full, or a line that is none (then `row` is null). */
export function recordDetail(store: RecordStore, id: string): Result<RecordDetail> {
  const known = readId(id);
  const agent = known === null ? null : store.agent(known.agent);
  if (known === null || agent === null) return gone(id);
  const { records } = agent;
  const way = relative(store.root.path, join(agent.place.dir, known.path)).split(sep).join('/');
  const row = rowAt(records, known.path, known.offset);
  if (row === -1) {
    const bad = agent.badLines().find(({ path, offset }) => path === known.path && offset === known.offset);
    return bad === undefined
      ? gone(id)
      : badDetail(
          agent.readBytes(bad.path, bad.offset, Math.min(bad.bytes, limits.agentLineBytes)),
          id,
          way,
          bad,
        );
  }
  const line = lineOf(store, records, row);
  const value = line === null ? null : objectOf(line);
  if (line === null || value === null) return gone(id);
  const priced = rateOf(records.model.names[records.model.ids[row]!] ?? null) !== null;
  return ok({
    id,
    row: rowOf(records, row, value),
    text: line.toString('utf8'),
    path: way,
    line: agent.linesBefore(known.path, known.offset) + 1,
    offset: known.offset,
    bytes: line.length,
    recomputedMicros: priced ? microsOf(records.recomputedNanos[row]!) : null,
    recomputedHow: recomputedHow(records, row),
    parent: parentOf(store, records, row),
    links: [],
  });
}

function badDetail(line: Buffer | null, id: string, path: string, bad: BadLine): Result<RecordDetail> {
  return ok({
    id,
    row: null,
    text: line?.toString('utf8') ?? bad.text,
    path,
    line: bad.line,
    offset: bad.offset,
    bytes: bad.bytes,
    recomputedMicros: null,
    recomputedHow: [bad.why],
    parent: null,
    links: [],
  });
}

const thousands = (value: number): string => value.toLocaleString('en-US');
const dollars = (nanos: number, digits: number): string => `$${(nanos / 1e9).toFixed(digits)}`;
const rateText = (nanos: number): string => `$${nanos / 1000} per million`;

/** How the cost by today's table comes about, one step a line (formats/atomic-agents.md §5). */
function recomputedHow(records: AgentRecords, row: number): readonly string[] {
  const model = records.model.names[records.model.ids[row]!] ?? null;
  const rate = rateOf(model);
  const input = records.inputTokens[row]!;
  const output = records.outputTokens[row]!;
  const hit = records.hitTokens[row]!;
  if (model === null || model === 'n/a')
    return ['The record names no model, so there is nothing to compute.'];
  if (rate === null) {
    const highest = costNanosAt(HIGHEST, input, output, hit);
    return [
      `${model} has no price in the table.`,
      `The runtime takes the highest rates then, ${rateText(HIGHEST.inNanos)} in and ${rateText(HIGHEST.outNanos)} out: ${dollars(highest, 6)}.`,
    ];
  }
  const total = dollars(records.recomputedNanos[row]!, 6);
  if (rate.embedding)
    return [
      `${thousands(input)} tokens at ${rateText(rate.inNanos)} = ${dollars(input * rate.inNanos, 9)}`,
      `Embeddings are rounded up to six decimals: ${total}`,
    ];
  const fresh = Math.max(0, input - hit);
  const steps = [
    `${thousands(fresh)} input tokens at ${rateText(rate.inNanos)} = ${dollars(fresh * rate.inNanos, 9)}`,
  ];
  if (hit !== 0)
    steps.push(
      `${thousands(hit)} of the cache at a tenth of that = ${dollars((hit * rate.inNanos) / 10, 9)}`,
    );
  steps.push(
    `${thousands(output)} output tokens at ${rateText(rate.outNanos)} = ${dollars(output * rate.outNanos, 9)}`,
  );
  return [...steps, `Together, rounded to six decimals: ${total}`];
}
