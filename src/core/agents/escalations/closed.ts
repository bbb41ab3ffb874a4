import type { Escalation, EscalationVerdict } from '../../../contract/escalations.ts';
import type { FolderFile } from '../folder.ts';

/** Why an answer can't be written, in words: what the runtime would not take, or take for another one. */
export function closedWhy(
  { text }: FolderFile,
  verdict: EscalationVerdict,
  blocks: Escalation['blocks'],
  marker: boolean,
  noProposal: string | null,
  problem: string | null,
): string | null {
  if (text === null) return 'The runtime can’t read the file as text, so it would never see an answer.';
  if (marker) return 'The runtime has dealt with it and left its marker: an answer would never be read.';
  if (problem !== null) return `${problem} An answer would never be read.`;
  const block = blocks[0];
  if (verdict === 'pending_with_ignored_block' && block !== undefined) {
    const said = `“${block.verb} by ${block.by}” on line ${block.line}`;
    return `The first answer in a file is the one that counts, and ${said} stands there already, ignored only because the state is pending: a second one would let the first take effect. Mend the file by hand: set its state to resolved to let that answer count, or remove it.`;
  }
  if (verdict === 'unparseable') {
    return 'It does not wait for an answer any more, and the runtime can’t tell what was decided. Mend the answer by hand.';
  }
  if (verdict !== 'pending') return 'It does not wait for an answer any more.';
  return noProposal === null ? null : `${noProposal} The runtime would fail at it and never act.`;
}
