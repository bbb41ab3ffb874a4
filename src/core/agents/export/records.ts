import type { RecordRow, RecordSort } from '../../../contract/records.ts';
import { matchRecords } from '../records/match.ts';
import type { RecordStore } from '../records/open.ts';
import { lineOf, toRow } from '../records/row.ts';
import { selectRows } from '../records/select.ts';
import { fail, ok, type Result } from '../../result.ts';
import { limits } from '../../storage/limits.ts';
import { csvLine, dollars } from './csv.ts';

export type RecordForm = 'csv' | 'json' | 'jsonl';

/** Columns of the CSV, and the keys of the JSON rows. */
const COLUMNS = [
  'agent',
  'ts',
  'run_id',
  'parent_run_id',
  'trigger',
  'primitive',
  'status',
  'model',
  'summary',
  'tool_name',
  'input_tokens',
  'output_tokens',
  'cost_usd',
  'cost_source',
  'latency_ms',
  'marks',
  'id',
] as const;

/** Rows that are made before others may use the thread. */
const AT_ONCE = 2_000;

/**
 * The records of a query in an order: as a table, as JSON rows, or as the lines of the logs, byte for byte. Money is in
 * dollars, exact to the micro-dollar.
 */
export async function exportRecords(
  store: RecordStore,
  query: string,
  sort: RecordSort,
  form: RecordForm,
  signal?: AbortSignal,
): Promise<Result<readonly Uint8Array<ArrayBuffer>[]>> {
  const matches = matchRecords(store.tables(), query);
  const places = selectRows(matches, sort, 0, matches.total);
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const put = (piece: Uint8Array<ArrayBuffer>): void => {
    size += piece.length;
    pieces.push(piece);
  };
  const encoder = new TextEncoder();
  const write = (text: string): void => put(encoder.encode(text));
  if (form === 'csv') write(csvLine(COLUMNS));
  if (form === 'json') write('[');
  for (let from = 0; from < places.length; from += AT_ONCE) {
    if (signal?.aborted === true) {
      return fail('cancelled', 'The export was stopped.', 'Start it again when you want it.');
    }
    const texts: string[] = [];
    for (const { agent, row } of places.slice(from, from + AT_ONCE)) {
      const { records } = matches.agents[agent]!;
      if (form === 'jsonl') {
        const line = lineOf(store, records, row);
        if (line === null) return moved(records.agent);
        put(new Uint8Array(line));
        write('\n');
      } else if (form === 'csv') texts.push(csvLine(Object.values(fieldsOf(toRow(store, records, row)))));
      else texts.push(jsonRow(toRow(store, records, row)));
    }
    if (form === 'csv') write(texts.join(''));
    if (form === 'json') write(`${from === 0 ? '\n' : ',\n'}${texts.join(',\n')}`);
    if (size > limits.exportBytes) return tooLarge(places.length);
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (form === 'json') write('\n]\n');
  return ok(pieces);
}

/** The cost is a text here, so that its digits stand as they are counted. */
function fieldsOf(row: RecordRow): Readonly<Record<(typeof COLUMNS)[number], string | number | null>> {
  return {
    agent: row.agent,
    ts: row.ts,
    run_id: row.runId,
    parent_run_id: row.parentRunId,
    trigger: row.trigger,
    primitive: row.primitive,
    status: row.status,
    model: row.model,
    summary: row.summary,
    tool_name: row.tool,
    input_tokens: row.inputTokens,
    output_tokens: row.outputTokens,
    cost_usd: row.costMicros === null ? null : dollars(row.costMicros),
    cost_source: row.costSource,
    latency_ms: row.latencyMs,
    marks: row.marks.join(' '),
    id: row.id,
  };
}

function jsonRow(row: RecordRow): string {
  const { cost_usd: cost, ...fields } = fieldsOf(row);
  const text = JSON.stringify({ ...fields, marks: row.marks });
  return cost === null ? text : text.replace(/\}$/, `,"cost_usd":${cost}}`);
}

function moved(agent: string): Result<never> {
  return fail(
    'busy',
    `A log of ${agent} was rewritten while it was exported, so there is no file.`,
    'Export again.',
  );
}

function tooLarge(records: number): Result<never> {
  return fail(
    'too-large',
    `The ${records.toLocaleString('en-US')} records come to more than ${limits.exportBytes / 1024 / 1024} MB.`,
    'Narrow the query, for example to a month, and export that.',
  );
}
