import type { CopyEntry } from '../../../contract/ledger-detail.ts';
import { payloadLines } from '../ledger/inspector/payload-lines.ts';
import { moneyWords } from '../ledger/told.ts';

/** Fields of an entry that are named; those of AEX have seven. */
const MOST = 12;

/** What an entry says that another one of the same number does not, field by field: `cost $0.000830`. */
export function differingFields(own: CopyEntry, other: CopyEntry): readonly string[] {
  const fields: string[] = [];
  if (own.type !== other.type) fields.push(`type ${own.type}`);
  if (own.agent !== other.agent) fields.push(`agent ${own.agent ?? 'none'}`);
  if (own.ts !== other.ts) fields.push(`time ${own.ts}`);
  if (own.executionId !== other.executionId)
    fields.push(`execution ${own.executionId?.slice(0, 8) ?? 'none'}`);
  if (own.payload !== other.payload) {
    for (const { pieces, changed } of payloadLines(own.payload, other.payload).lines) {
      const text = pieces.map((piece) => piece.text).join('');
      if (changed && text.trim().length > 1) fields.push(moneyWords(fieldText(text)));
    }
  }
  return fields.slice(0, MOST).map((text) => (text.length > 120 ? `${text.slice(0, 119)}…` : text));
}

/** A line of JSON without its marks: `"model": "mini",` is `model mini`. */
const fieldText = (line: string): string =>
  line
    .trim()
    .replace(/,$/, '')
    .replace(/^"((?:[^"\\]|\\.)*)": /, '$1 ')
    .replace(/ "((?:[^"\\]|\\.)*)"$/, ' $1');
