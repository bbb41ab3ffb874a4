import type { FileFinding } from '../../../contract/agent-files.ts';
import type { JsonNode } from '../../json/tree.ts';
import { finding } from '../parts/read.ts';
import { plain } from './proposal.ts';

/** What is odd about its state and its answers. */
export function stateFindings(
  problem: string | null,
  state: string,
  blocks: number,
  line: number | null,
  marker: boolean,
): FileFinding[] {
  if (problem !== null) return [finding('error', problem, 'Mend the header.', 1)];
  if (state === 'pending') {
    if (marker) {
      return [
        finding(
          'error',
          'It is pending, and the marker of the runtime says that it was dealt with: it stays as it is for ever.',
          'Look into the log of the run.',
          line,
        ),
      ];
    }
    if (blocks === 0) return [];
    return [
      finding(
        'error',
        'A resolution stands below, but the state is still pending: the runtime ignores it.',
        'Change the line to `state: resolved`.',
        line,
      ),
    ];
  }
  if (state !== 'resolved' && state !== 'redacted') {
    return [
      finding(
        'error',
        `The state “${state}” is not known; the runtime passes the file over.`,
        'Use pending, resolved or redacted.',
        line,
      ),
    ];
  }
  if (blocks > 0) return [];
  return [
    finding(
      'error',
      `The state is ${state}, but no resolution can be read: the runtime leaves it alone, and nothing happens.`,
      'Add one line “### Approved by NAME”, “### Denied by NAME” or “### Redacted by NAME” under “## Resolution”.',
      line,
    ),
  ];
}

/** What is odd about the proposal and its hash. */
export function proposalFindings(
  why: string | null,
  ok: boolean | null,
  stated: string | null,
  state: string,
): FileFinding[] {
  if (why !== null) {
    const then =
      state === 'pending'
        ? 'Once resolved, the runtime fails at it and never acts.'
        : 'The runtime fails at it, and its marker keeps it from trying again.';
    return [finding('error', `${why} ${then}`, 'Take the proposal from the log line of the judgment.')];
  }
  const findings: FileFinding[] = [];
  if (ok === false) {
    findings.push(
      finding(
        'error',
        'The arguments do not fit their hash: the runtime counts the proposal as tampered with and does not act.',
        'Undo the change of the arguments; to change them, resolve it as Revised with an amendment.',
      ),
    );
  }
  if (stated !== null && /^sha256:/i.test(stated)) {
    findings.push(
      finding(
        'warning',
        'The hash is written with “sha256:”, as a document shows it; the code compares it without.',
        '',
      ),
    );
  }
  return findings;
}

/** What is odd about the header. */
export function headerFindings(
  header: ReadonlyMap<string, string>,
  lines: ReadonlyMap<string, number>,
  proposal: ReadonlyMap<string, JsonNode>,
  agent: string,
  verb: string | null,
): FileFinding[] {
  const findings: FileFinding[] = [];
  const state = header.get('state');
  if (state === 'redacted' && verb !== null && verb !== 'Redacted') {
    findings.push(
      finding(
        'error',
        `The state is redacted, but the block says ${verb}: the block counts.`,
        '',
        lines.get('state') ?? null,
      ),
    );
  }
  const named = header.get('agent');
  if (named !== undefined && named !== agent) {
    findings.push(
      finding(
        'warning',
        `It names the agent ${named} and lies with ${agent}.`,
        '',
        lines.get('agent') ?? null,
      ),
    );
  }
  const id = plain(proposal.get('proposal_id'));
  if (id !== '' && header.has('proposal_id') && header.get('proposal_id') !== id) {
    findings.push(
      finding(
        'warning',
        `The header names another proposal than the text, ${id}.`,
        '',
        lines.get('proposal_id') ?? null,
      ),
    );
  }
  return findings;
}
