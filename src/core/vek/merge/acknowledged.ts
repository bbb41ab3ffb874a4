import { canonicalText } from '../../json/canonical.ts';
import type { JsonNode } from '../../json/tree.ts';
import type { ToolKind } from '../../../contract/vek.ts';
import { kindOf } from '../summary-kind.ts';
import type { Event, Head } from './events.ts';
import type { Notes } from './notes.ts';
import type { Reader } from './reader.ts';
import type { Candidate, Found } from './tool-analysis.ts';

/** What tools of these kinds return is what they were asked for, however much longer the question is. */
const asking: ReadonlySet<ToolKind> = new Set(['search', 'fetch', 'shell', 'read', 'model', 'test', 'merge']);

/**
 * Notes a document that both branches wrote in their own ways with a tool that only says that it did: a merge compares
 * outputs, which tell nothing of what was written, so that nobody could see the difference. Such are the last calls of
 * both sides where their inputs differ from each other and from that of the base, and hold more than the outputs do.
 */
export function tellAcknowledged({ candidate, outcome }: Found, reader: Reader, notes: Notes): void {
  const [base, ours, theirs] = [outcome.base, outcome.ours, outcome.theirs].map((head) =>
    callAt(candidate, head),
  );
  if (outcome.changed !== 'both' || !ours || !theirs) return;
  const records = [reader.call(ours.place), reader.call(theirs.place)] as const;
  const inputs = new Set(records.map(({ input_hash: input }) => input));
  if (base) inputs.add(reader.call(base.place).input_hash);
  if (inputs.size < (base ? 3 : 2)) return;
  for (const { tool, input_hash, output_hash } of records) {
    const input = reader.input(input_hash);
    const output = reader.output(output_hash);
    if (input === null || output.kind !== 'tree' || asking.has(kindOf(tool, input, null))) return;
    if (lengthOf(output.tree) >= lengthOf(input)) return;
  }
  notes.add('acknowledged', candidate.title, words);
}

/** The event where it is the output of a call and not of a merge. */
function callAt({ settled }: Candidate, head: Head): Event | null {
  return head?.kind === 'touch' && !settled.has(head.place) ? head : null;
}

function lengthOf(tree: JsonNode): number {
  const canonical = canonicalText(tree);
  return canonical.ok ? canonical.text.length : 0;
}

function words(names: string, count: number): string {
  return `${names}: both branches called the tool with inputs of their own, and what it returned says less than what it was given. Only what tools return is merged: compare the ${count === 1 ? 'calls' : 'calls of each'} before you rely on the result.`;
}
