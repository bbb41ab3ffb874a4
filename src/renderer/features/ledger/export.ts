import type { LedgerView } from '../../../contract/ledger.ts';
import type { LedgerFinding } from '../../../contract/ledger-report.ts';
import { copyText } from '../../app/capabilities.ts';
import { attempt } from '../../app/client.ts';
import { api } from '../../app/engine.ts';
import { toast, toastFailure } from '../../state/toasts.ts';
import { useWorkspaceStore } from '../../state/workspace.ts';
import { formatBytes } from '../../ui/format.ts';
import { saveBlob } from '../runs/export.ts';
import { whenWords } from './findings/when-words.ts';
import { doubtOf, findingTitle, SURE_WORDS } from './findings/words.ts';
import { moneyWords } from './told.ts';

type Form = 'csv' | 'json' | 'jsonl';

const TYPES: Readonly<Record<Form, string>> = {
  csv: 'text/csv',
  json: 'application/json',
  jsonl: 'application/x-ndjson',
};

/** Saves all entries of a view as a file, in sight or not. */
export async function exportEntries(source: string, view: LedgerView, form: Form): Promise<void> {
  const answer = await attempt(api.ledger.exportRows({ source, view, form }));
  if (!answer.ok) {
    toastFailure(answer.error);
    return;
  }
  const name = `${sourceName(source)}-entries.${form}`;
  saveBlob(answer.value, TYPES[form], name);
  toast({ kind: 'done', title: 'Entries exported', text: `${name}, ${formatBytes(answer.value.size)}` });
}

/** The ledger's own name, without what a file name can't hold. */
function sourceName(source: string): string {
  const name = useWorkspaceStore.getState().workspace?.sources.find(({ id }) => id === source)?.name ?? '';
  return name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[.-]+|\.db$/g, '') || 'ledger';
}

/** Copies a text; a refusal of the system is a message. */
export async function copyWords(text: string, done: string): Promise<void> {
  const answer = await copyText(text);
  if (answer.ok) toast({ kind: 'done', title: done });
  else toastFailure(answer.error);
}

/** Copies one entry as JSON: what is stored, with its payload as the text that was hashed. */
export async function copyEntry(source: string, seq: number): Promise<void> {
  const answer = await attempt(api.ledger.entry({ source, seq }));
  if (!answer.ok) {
    toastFailure(answer.error);
    return;
  }
  const { row, payload, storedPrev, storedHash } = answer.value;
  const entry = {
    seq: row.seq,
    execution_id: row.executionId,
    agent: row.agent,
    event_type: row.type,
    payload_json: payload,
    prev_hash: storedPrev,
    event_hash: storedHash,
    ts: row.ts,
  };
  await copyWords(JSON.stringify(entry, null, 2), 'The entry was copied');
}

/** A finding as text that another person can follow without this window. */
export function findingText(finding: LedgerFinding): string {
  const { message, expected, found, sure, because, executionId, agent } = finding;
  const doubt = doubtOf(finding);
  const when = whenWords(finding, 'UTC');
  return [
    findingTitle(finding),
    moneyWords(message),
    ...(agent === null ? [] : [`Agent: ${agent}`]),
    ...(executionId === null ? [] : [`Execution: ${executionId}`]),
    ...(expected === null ? [] : [`Should be: ${moneyWords(expected)}`]),
    ...(found === null ? [] : [`Is: ${moneyWords(found)}`]),
    ...(doubt === null ? [] : [`Not to be trusted: ${doubt.words}`]),
    ...(when === null ? [] : [`When: ${when}`]),
    SURE_WORDS[sure],
    ...because.map(({ where, says, agrees }) => `- ${where}: ${says}${agrees ? '' : ' (differs)'}`),
  ].join('\n');
}

export const copyFinding = (finding: LedgerFinding): Promise<void> =>
  copyWords(findingText(finding), 'The finding was copied');
