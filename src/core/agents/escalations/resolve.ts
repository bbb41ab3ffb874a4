import type { Escalation } from '../../../contract/escalations.ts';
import type { Change, FileEdit } from '../../../contract/edits.ts';
import { fail, ok, type Result } from '../../result.ts';
import type { EditContext } from '../edit/context.ts';
import { indented, readAmendment } from '../text/amendment.ts';
import { nameProblem, noteProblem } from '../text/answer.ts';
import { pyLines, pyLineStarts, pyStrip } from '../text/python-text.ts';
import { cutEscalation } from './file.ts';
import { readBlocks } from './blocks.ts';
import { readEscalation } from './read.ts';

type Resolve = Extract<Change, { do: 'resolve' }>;

/**
 * The edit of an escalation file that the runtime takes for an answer: the word of the state, and one block at the end
 * (formats/atomic-agents.md §11). It is read once more as the runtime would before it is given out.
 */
export function editsToResolve(ctx: EditContext, change: Resolve): Result<readonly FileEdit[]> {
  const { folder } = ctx;
  folder.refresh([change.path]);
  const file = folder.text(change.path);
  if (!file.ok) return file;
  const one = readEscalation(folder, change.path, ctx.nowMicros());
  if (one === null) {
    return fail(
      'refused',
      `${change.path} is no escalation that a runtime looks at.`,
      'Escalations lie below the folder that judges.md names.',
    );
  }
  const counts = letsCount(one, change);
  const refused = refusal(one, change, counts);
  if (refused !== null) return refused;
  const standing = file.value.text ?? '';
  if (counts) {
    const state = change.verb === 'Redacted' ? 'redacted' : 'resolved';
    return ok([{ path: change.path, base: file.value.sha256, text: withState(standing, state) }]);
  }
  const block = blockOf(change, isoOf(ctx.nowMicros()));
  if (!block.ok) return block;
  const edited = withBlock(standing, change.verb === 'Redacted' ? 'redacted' : 'resolved', block.value);
  const odd = misread(edited, change);
  if (odd !== null) return odd;
  return ok([{ path: change.path, base: file.value.sha256, text: edited }]);
}

/** What a person should hear before an answer is written. */
export function resolveWarnings(ctx: EditContext, change: Resolve): readonly string[] {
  const one = readEscalation(ctx.folder, change.path, ctx.nowMicros());
  if (one === null) return [];
  const warnings: string[] = [];
  const left = one.autoDecide?.leftSeconds ?? null;
  if (left !== null && left <= 0) {
    warnings.push(
      `The time for an answer ran out: if the agent looks before this is written, it decides by itself (${one.autoDecide?.outcome}).`,
    );
  }
  const acts = change.verb === 'Approved' || change.verb === 'Revised';
  if (acts && one.argumentsHash?.startsWith('sha256:') === true) {
    warnings.push(
      'The hash of the arguments is written with “sha256:”. A runtime that compares it without takes the proposal for tampered with and does not act.',
    );
  }
  return warnings;
}

/** Whether it is the very answer that stands in the file already, ignored because the state is pending. */
function letsCount({ ignored }: Escalation, { verb, by, note, amendment }: Resolve): boolean {
  return ignored?.verb === verb && ignored.by === pyStrip(by) && note === null && amendment === null;
}

function refusal(
  one: Escalation,
  { proposal, verb, by, note, amendment }: Resolve,
  counts: boolean,
): Result<never> | null {
  if (one.closed !== null && !counts) {
    const answered = one.verdict !== 'pending' && one.verdict !== 'pending_with_ignored_block';
    return fail(answered ? 'conflict' : 'refused', one.closed, 'Nothing was written.');
  }
  if (one.proposalSha256 !== proposal) {
    return fail(
      'conflict',
      'The proposal is not the one that was shown: it changed meanwhile.',
      'Look at it again, then answer what stands there now.',
    );
  }
  if (counts) return null;
  if (one.hashOk === false && (verb === 'Approved' || verb === 'Revised')) {
    return fail('refused', one.hashWhy, 'It can be denied or redacted.');
  }
  const badName = nameProblem(by);
  if (badName !== null) return fail('bad-request', badName, 'Give another name.');
  const badNote = note === null ? null : noteProblem(note);
  if (badNote !== null) return fail('bad-request', badNote, 'Write it on one line.');
  if (verb === 'Revised' && amendment === null) {
    return fail('bad-request', 'An amended answer needs an amendment.', 'Say what is to be changed.');
  }
  if (verb !== 'Revised' && amendment !== null) {
    return fail('bad-request', `An amendment does not go with “${verb}”.`, 'Amend it, or leave it out.');
  }
  return null;
}

/** The lines of the block. */
function blockOf({ verb, by, note, amendment }: Resolve, at: string): Result<readonly string[]> {
  const rows = [`### ${verb} by ${pyStrip(by)}`, `resolved_at: ${at}`];
  const said = note === null ? '' : pyStrip(note);
  if (said !== '') rows.push(`note: ${said}`);
  if (amendment === null) return ok(rows);
  const read = readAmendment(amendment);
  if (!read.ok) {
    const { message, hint, line } = read.problem;
    return fail('bad-request', line === null ? message : `Line ${line}: ${message}`, hint);
  }
  return ok([...rows, 'amendment:', '  ```yaml', ...indented(amendment), '  ```']);
}

/** The text with another word for its state. */
function withState(text: string, state: string): string {
  const at = cutEscalation(text).lines.get('state')! - 1;
  const row = pyLines(text)[at]!;
  const word = pyLineStarts(text)[at]! + row.indexOf('pending', row.indexOf(':'));
  return `${text.slice(0, word)}${state}${text.slice(word + 'pending'.length)}`;
}

/** The text with another state and a block at its end, with the line ends that it has. */
function withBlock(text: string, state: string, block: readonly string[]): string {
  const rows = pyLines(text);
  const flipped = withState(text, state);
  const end = text.match(/\r\n|\n|\r/g)?.at(-1) ?? '\n';
  const closed = /[\r\n]$/.test(text);
  const last = rows.findLastIndex((row) => /^##?\s/.test(row));
  const heading = last !== -1 && /^##\s+Resolution\s*$/.test(rows[last]!);
  const gap = pyStrip(rows.at(-1) ?? '') === '' ? [] : [''];
  const added = [...gap, ...(heading ? [] : ['## Resolution', '']), ...block].join(end);
  return `${flipped}${closed ? '' : end}${added}${closed ? end : ''}`;
}

/** Why the runtime would take another answer from the text than the one that was asked for. */
function misread(edited: string, change: Resolve): Result<never> | null {
  const cut = cutEscalation(edited);
  const wanted = change.verb === 'Redacted' ? 'redacted' : 'resolved';
  const { blocks } = readBlocks(cut.body, cut.bodyLine, false);
  const first = blocks[0];
  const same =
    cut.problem === null &&
    cut.fields.get('state') === wanted &&
    blocks.length === 1 &&
    first!.verb === change.verb &&
    first!.by === pyStrip(change.by) &&
    (first!.note ?? '') === pyStrip(change.note ?? '') &&
    (first!.amendment === null) === (change.amendment === null);
  if (!same) {
    return fail(
      'refused',
      'The runtime would not read this answer back as it was given.',
      'Say it with other words, or answer in the file by hand.',
    );
  }
  const stray = change.amendment === null ? undefined : strayKey(change.amendment);
  if (stray === undefined) return null;
  return fail(
    'bad-request',
    `The runtime would take the line “${stray}” of the amendment for the time of the answer.`,
    'Put its key in double quotes.',
  );
}

/** The runtime looks for the time in all lines of a block, those of its amendment too. */
function strayKey(amendment: string): string | undefined {
  return pyLines(amendment)
    .map(pyStrip)
    .find((row) => /^resolved_at\s*:/.test(row));
}

function isoOf(micros: number): string {
  return `${new Date(micros / 1000).toISOString().slice(0, 19)}+00:00`;
}
