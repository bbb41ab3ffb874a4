import type { LedgerView } from '../../../contract/ledger.ts';
import { csvLine } from '../../agents/export/csv.ts';
import { fail, ok, type Result } from '../../result.ts';
import { limits } from '../../storage/limits.ts';
import type { LedgerIndex } from '../columns.ts';
import { readPayload, type StoredEntry } from '../entry.ts';
import { entryFits, entryOfRow } from '../index/fits.ts';
import type { LedgerPaths } from '../paths.ts';
import type { Masker } from '../secrets.ts';
import { lookAtLedger } from '../store.ts';
import { balancesOf, type Balance } from '../views/balances.ts';
import type { LedgerFacts } from '../views/facts.ts';
import { lineRow } from '../views/line.ts';
import { makeView } from '../views/view.ts';

export type EntryForm = 'csv' | 'json' | 'jsonl';

/** Columns of the CSV, and the keys of the JSON rows. Amounts are whole micro-dollars. */
const COLUMNS = [
  'seq',
  'ts',
  'agent',
  'execution_id',
  'event_type',
  'model',
  'estimated_micro',
  'cost_micro',
  'remaining_micro',
  'prompt_tokens',
  'completion_tokens',
  'spent_micro',
  'reserved_micro',
  'available_micro',
  'payload_json',
  'prev_hash',
  'event_hash',
] as const;

/** Entries that are read in one look, before others may use the thread. */
const AT_ONCE = 2_000;

export type ExportParts = {
  readonly paths: LedgerPaths;
  readonly index: LedgerIndex;
  readonly facts: LedgerFacts;
  readonly masker: Masker;
};

/**
 * The entries of a view in its order, each as stored, with the running balances: a table or JSON. A token of the ledger
 * is withheld wherever it stands; then the hash of that entry can't be recomputed from the file.
 */
export async function exportEntries(
  { paths, index, facts, masker }: ExportParts,
  view: LedgerView,
  form: EntryForm,
  signal?: AbortSignal,
): Promise<Result<readonly string[]>> {
  const { columns } = index;
  // only what is there is written
  const shown = { ...facts, gaps: [] };
  const { lines } = makeView(columns, { ...view, group: 'entries', days: false, open: [] }, shown);
  const balance = balancesOf(columns, view.agent, facts);
  const pieces: string[] = [];
  let size = 0;
  const write = (text: string): void => {
    size += Buffer.byteLength(text);
    pieces.push(text);
  };
  write(form === 'csv' ? csvLine(COLUMNS) : form === 'json' ? '[' : '');
  for (let from = 0; from < lines.length; from += AT_ONCE) {
    if (signal?.aborted === true) {
      return fail('cancelled', 'The export was stopped.', 'Start it again when you want it.');
    }
    const rows = Array.from(lines.subarray(from, from + AT_ONCE), lineRow);
    const read = lookAtLedger(paths, (look) =>
      rows.map((row) => {
        const entry = entryOfRow(look, index, row);
        return entry !== null && entryFits(index, row, entry) ? fieldsOf(entry, balance(row)) : null;
      }),
    );
    if (!read.ok) return read;
    const texts = read.value.map((fields) => (fields === null ? null : textOf(masker.deep(fields), form)));
    if (texts.includes(null)) return moved(paths);
    if (form === 'json') write(`${from === 0 ? '\n' : ',\n'}${texts.join(',\n')}`);
    else write(texts.join(''));
    if (size > limits.exportBytes) return tooLarge(lines.length);
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (form === 'json') write('\n]\n');
  return ok(pieces);
}

type Fields = Readonly<Record<(typeof COLUMNS)[number], string | number | null>>;

function fieldsOf(entry: StoredEntry, balance: Balance): Fields {
  const payload = readPayload(entry.type, entry.payload);
  return {
    seq: entry.seq,
    ts: entry.ts,
    agent: entry.agent,
    execution_id: entry.executionId,
    event_type: entry.type,
    model: payload.model,
    estimated_micro: payload.estimated,
    cost_micro: payload.cost,
    remaining_micro: payload.remaining,
    prompt_tokens: payload.prompt,
    completion_tokens: payload.completion,
    spent_micro: balance.spentMicro,
    reserved_micro: balance.reservedMicro,
    available_micro: balance.availableMicro,
    payload_json: entry.payload,
    prev_hash: entry.prevHash,
    event_hash: entry.hash,
  };
}

function textOf(fields: Fields, form: EntryForm): string {
  if (form === 'csv') return csvLine(COLUMNS.map((name) => fields[name]));
  const text = JSON.stringify(fields);
  return form === 'jsonl' ? `${text}\n` : text;
}

function moved({ db }: LedgerPaths): Result<never> {
  return fail('busy', `${db} was rewritten while it was exported, so there is no file.`, 'Export again.');
}

function tooLarge(entries: number): Result<never> {
  return fail(
    'too-large',
    `The ${entries.toLocaleString('en-US')} entries come to more than ${limits.exportBytes / 1024 / 1024} MB.`,
    'Narrow the query, for example to a month, and export that.',
  );
}
