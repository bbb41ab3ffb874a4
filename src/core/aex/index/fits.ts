import { ENTRY_KINDS } from '../../../contract/ledger.ts';
import { NONE, type LedgerColumns, type LedgerIndex } from '../columns.ts';
import { kindOf, readPayloadInto, type StoredEntry } from '../entry.ts';
import { emptyFields } from '../payload-scan.ts';
import type { LedgerLook } from '../store.ts';
import { detailOf } from './build.ts';
import { readStamp } from './stamp.ts';

/** Whether an entry that was just read is still the one that the index has in this row. */
export function entryFits({ columns }: LedgerIndex, row: number, entry: StoredEntry): boolean {
  if (row < 0 || row >= columns.count || columns.seq[row] !== entry.seq) return false;
  const kind = kindOf(entry.type);
  const fields = emptyFields();
  readPayloadInto(kind, entry.payload, fields);
  const execution = columns.execution[row]!;
  const id = execution === NONE ? '' : (columns.executions.ids.text(execution + 1) ?? '');
  return (
    columns.kind[row] === ENTRY_KINDS.indexOf(kind) &&
    textFits(columns, columns.type[row]!, entry.type) &&
    textFits(columns, columns.agent[row]!, entry.agent) &&
    textFits(columns, columns.detail[row]!, detailOf(kind, fields)) &&
    id === wellFormed(entry.executionId) &&
    Object.is(columns.micros[row], readStamp(entry.ts)) &&
    amountFits(columns.estimated[row]!, fields.estimated) &&
    amountFits(columns.amount[row]!, kind === 'deny' ? fields.remaining : fields.cost) &&
    amountFits(columns.prompt[row]!, fields.prompt) &&
    amountFits(columns.completion[row]!, fields.completion) &&
    amountFits(
      columns.expiry[row]!,
      kind === 'reserve' && fields.expiry !== null ? readStamp(fields.expiry) : NaN,
    )
  );
}

/**
 * The entry of a row as the store has it now, by its number; whether it still fits is another question. Beyond 2^53 several
 * entries may have one number here: then it is the one that fits.
 */
export function entryOfRow(look: LedgerLook, index: LedgerIndex, row: number): StoredEntry | null {
  const seq = index.columns.seq[row]!;
  if (Number.isSafeInteger(seq)) return look.entry(seq);
  const alike = look.entriesAlike(seq);
  return alike.find((entry) => entryFits(index, row, entry)) ?? alike[0] ?? null;
}

const textFits = ({ texts }: LedgerColumns, id: number, text: string | null): boolean =>
  (texts.text(id) ?? '') === wellFormed(text);

/** The columns hold UTF-8, in which half of a pair is U+FFFD. */
const wellFormed = (text: string | null): string => text?.toWellFormed() ?? '';

const amountFits = (kept: number, read: number | null): boolean => Object.is(kept, read ?? NaN);
