import type { Escalation, EscalationVerdict } from '../../../contract/escalations.ts';
import { RESOLUTION_VERBS } from '../../../contract/edits.ts';
import type { FolderFile } from '../folder.ts';
import { dedent, readAmendment } from '../text/amendment.ts';
import type { EscalationText } from './file.ts';

type Seen = {
  readonly file: FolderFile;
  readonly cut: EscalationText;
  readonly verdict: EscalationVerdict;
  readonly blocks: Escalation['blocks'];
  readonly hashOk: boolean | null;
  /** the runtime's marker stands beside it */
  readonly marker: boolean;
  /** why there is no proposal that can be read */
  readonly noProposal: string | null;
};

/** Why an answer can't be written, in words: what the runtime would not take, or take for another one. */
export function closedWhy(seen: Seen): string | null {
  const { file, cut, verdict, blocks, marker, noProposal } = seen;
  if (file.text === null) return 'The runtime can’t read the file as text, so it would never see an answer.';
  if (marker) return 'The runtime has dealt with it and left its marker: an answer would never be read.';
  if (cut.problem !== null) return `${cut.problem} An answer would never be read.`;
  const block = blocks[0];
  if (verdict === 'pending_with_ignored_block' && block !== undefined) {
    const said = `“${block.verb} by ${block.by}” stands on line ${block.line}`;
    const out =
      ignoredAnswer(seen) === null
        ? 'Look where it comes from, and remove it by hand.'
        : 'Let that answer count, or remove it by hand to give another.';
    return `${said}, ignored only because the state is pending. The first answer in a file is the one that counts: a second would let the first take effect. ${out}`;
  }
  if (verdict === 'unparseable') {
    return 'It does not wait for an answer any more, and the runtime can’t tell what was decided. Mend the answer by hand.';
  }
  if (verdict !== 'pending') return 'It does not wait for an answer any more.';
  return noProposal === null ? null : `${noProposal} The runtime would fail at it and never act.`;
}

/**
 * The answer that a person wrote without changing the state, where it would count once that is done. One that stands
 * above the section for answers is nobody's: it may come from the words of the judge.
 */
export function ignoredAnswer(seen: Seen): Escalation['ignored'] {
  const { cut, verdict, blocks, hashOk, marker, noProposal } = seen;
  const [block] = blocks;
  if (verdict !== 'pending_with_ignored_block' || block === undefined || blocks.length > 1) return null;
  if (marker || noProposal !== null || block.by === '') return null;
  const heading = cut.body.split('\n').findLastIndex((row) => /^##\s+Resolution\s*$/.test(row));
  if (heading === -1 || block.line < cut.bodyLine + heading) return null;
  const verb = RESOLUTION_VERBS.find((one) => one === block.verb);
  if (verb === undefined) return null;
  if (hashOk === false && (verb === 'Approved' || verb === 'Revised')) return null;
  if (verb === 'Revised' && (block.amendment === null || !readAmendment(dedent(block.amendment)).ok))
    return null;
  return { verb, by: block.by };
}
