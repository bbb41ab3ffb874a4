import { createHash } from 'node:crypto';
import type { FileFinding } from '../../../contract/agent-files.ts';
import type { Escalation, EscalationQueue, EscalationVerdict } from '../../../contract/escalations.ts';
import { prettyJson } from '../../json/pretty.ts';
import type { JsonNode } from '../../json/tree.ts';
import { term } from '../../records/query.ts';
import type { AgentFolder, FolderFile } from '../folder.ts';
import { entriesOf, fileOf, finding } from '../parts/read.ts';
import type { JudgeSettings } from '../settings/judges.ts';
import { readJudges } from '../settings.ts';
import { pyStrip } from '../text/python-text.ts';
import { readBlocks } from './blocks.ts';
import { cutEscalation, sectionOf } from './file.ts';
import { checkHash, readProposal } from './proposal.ts';

/** Resolutions of persons from which on their share says something. */
const SHARE_FROM = 10;

/** Every escalation file of the agents: those that wait first, oldest on top (formats/atomic-agents.md §11). */
export function readEscalations(folder: AgentFolder, nowMicros: number): EscalationQueue {
  const all: Escalation[] = [];
  const lastPoll: { agent: string; at: string | null }[] = [];
  for (const { name, logOnly } of folder.root.agents) {
    if (logOnly) continue;
    const judges = readJudges(folder, name);
    const place = folder.pathOf(name, destinationOf(judges.destination));
    for (const { path, kind } of entriesOf(folder, place)) {
      if (kind !== 'folder') continue;
      for (const entry of entriesOf(folder, path)) {
        if (entry.kind !== 'file' || !entry.name.endsWith('.md') || entry.name.startsWith('.')) continue;
        const file = fileOf(folder, entry.path);
        const marker = folder.isFile(`${path}/.${entry.name}.resolved-emitted`);
        if (file !== null) all.push(escalationOf(file, name, judges, marker, nowMicros));
      }
    }
    const poll = entriesOf(folder, place).find((entry) => entry.name === '.last-poll');
    if (poll !== undefined || all.some(({ agent }) => agent === name)) {
      const at = poll === undefined ? null : new Date(poll.modifiedMicros / 1000).toISOString();
      lastPoll.push({ agent: name, at });
    }
  }
  const waiting = all.filter(waits).sort((a, b) => (b.ageSeconds ?? 0) - (a.ageSeconds ?? 0));
  const others = all.filter((one) => !waits(one)).sort((a, b) => (a.ageSeconds ?? 0) - (b.ageSeconds ?? 0));
  return {
    escalations: [...waiting, ...others],
    waiting: waiting.length,
    approvedShare: shareOf(all),
    lastPoll,
  };
}

/** Pending to the runtime, with or without a block that it ignores. */
function waits({ verdict }: Escalation): boolean {
  return verdict === 'pending' || verdict === 'pending_with_ignored_block';
}

/** The folder that the runtime makes of the setting. */
export function destinationOf(destination: string): string {
  const cleaned = pyStrip(destination).replace(/\/+$/, '');
  if (cleaned === '' || cleaned === 'vault') return 'vault/escalations';
  return cleaned.includes('escalations') ? cleaned : `${cleaned}/escalations`;
}

/** Reads one file. `marker`: the runtime's own marker stands beside it. */
export function escalationOf(
  file: FolderFile,
  agent: string,
  judges: JudgeSettings,
  marker: boolean,
  nowMicros: number,
): Escalation {
  const text = file.text ?? '';
  const cut = cutEscalation(text);
  const field = (key: string): string => cut.fields.get(key) ?? '';
  const state = field('state');
  const read = readProposal(cut.body);
  const fields = read.ok ? read.proposal.fields : new Map<string, JsonNode>();
  const hash = checkHash(fields);
  const {
    blocks,
    autoPolicy,
    findings: blockFindings,
  } = readBlocks(cut.body, cut.bodyLine, state === 'pending');
  const verdict = verdictOf(cut.problem, state, blocks, read.ok, hash.ok);
  const escalatedAt = field('escalated_at') === '' ? null : field('escalated_at');
  const atMs = escalatedAt === null ? NaN : momentMs(escalatedAt);
  const age = Number.isNaN(atMs) ? null : Math.floor(nowMicros / 1e6 - atMs / 1000);
  const args = fields.get('tool_arguments');
  const run = field('parent_run_id');
  const actionClass = field('action_class');
  return {
    agent,
    path: file.path,
    state,
    verdict,
    blocks,
    proposalId: field('proposal_id') || file.path.slice(file.path.lastIndexOf('/') + 1).replace(/\.md$/, ''),
    parentRunId: run === '' ? null : run,
    actionClass,
    judgeId: field('judge_id') || null,
    escalatedAt,
    ageSeconds: age,
    policyVersion: field('policy_version') || null,
    autoDecide: autoDecideOf(judges, actionClass, age, state),
    tool: plain(fields.get('tool_name')) || null,
    argumentsText: args === undefined ? null : prettyJson(args).text,
    proposalText: read.ok ? prettyJson(read.proposal.node).text : null,
    proposalSha256: read.ok ? createHash('sha256').update(read.proposal.text).digest('hex') : null,
    closed: null,
    reason: sectionOf(cut.body, "Judge's reason for escalating"),
    facts: factsOf(cut.fields, fields, autoPolicy),
    hashOk: hash.ok,
    hashWhy: read.ok ? hash.why : read.why,
    argumentsHash: hash.stated,
    computedHash: hash.computed,
    executed: marker,
    query: [term('agent', agent), ...(run === '' ? [] : [term('run', run)])].join(' '),
    findings: [
      ...file.findings,
      ...stateFindings(cut.problem, state, blocks.length, cut.lines.get('state') ?? null, marker),
      ...proposalFindings(read.ok ? null : read.why, hash.ok, hash.stated, state),
      ...blockFindings,
      ...headerFindings(cut.fields, cut.lines, fields, agent, blocks[0]?.verb ?? null),
    ],
  };
}

function verdictOf(
  problem: string | null,
  state: string,
  blocks: Escalation['blocks'],
  proposal: boolean,
  hashOk: boolean | null,
): EscalationVerdict {
  if (problem !== null) return 'unparseable';
  if (state === 'pending') return blocks.length > 0 ? 'pending_with_ignored_block' : 'pending';
  if ((state !== 'resolved' && state !== 'redacted') || blocks.length === 0) return 'unparseable';
  if (blocks[0]!.by === '') return 'unparseable';
  if (!proposal) return 'no_proposal';
  if (hashOk === false) return 'proposal_body_tampered';
  switch (blocks[0]!.verb) {
    case 'Approved':
      return 'approved';
    case 'Denied':
      return 'denied';
    case 'Redacted':
      return 'redacted';
    case 'Revised':
      return 'revised';
    default:
      return 'auto_decided';
  }
}

function stateFindings(
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

function proposalFindings(
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

function headerFindings(
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

function autoDecideOf(
  judges: JudgeSettings,
  actionClass: string,
  age: number | null,
  state: string,
): Escalation['autoDecide'] {
  const after = judges.autoDecideAfterSeconds;
  if (after === null || after <= 0) return null;
  return {
    afterSeconds: after,
    leftSeconds: state === 'pending' && age !== null ? after - age : null,
    outcome: judges.fallbackOnTimeout.get(actionClass) ?? judges.fallbackOnTimeout.get('default') ?? 'block',
    from: judges.from ?? 'default',
  };
}

const FACTS: readonly (readonly [string, string])[] = [
  ['classification', 'Class'],
  ['classification_source', 'Class from'],
  ['reversibility', 'Reversible'],
  ['expected_consequence', 'Expected consequence'],
  ['target_audience', 'Audience'],
  ['rollback_path', 'Way back'],
  ['reason', 'Reason given by the agent'],
  ['evidence', 'Evidence'],
  ['authorization', 'Authorization'],
  ['actor_model_id', 'Model'],
  ['delegate_chain', 'Delegated through'],
  ['loaded_skills', 'Skills'],
  ['mcp_server', 'MCP server'],
  ['tool_call_id', 'Tool call'],
  ['tool_definition_hash', 'Definition of the tool'],
  ['side_channel_for_tool_call_id', 'Beside the tool call'],
  ['proposal_ts', 'Proposed'],
];

function factsOf(
  header: ReadonlyMap<string, string>,
  proposal: ReadonlyMap<string, JsonNode>,
  autoPolicy: string | null,
): Escalation['facts'] {
  const facts: { label: string; value: string }[] = [];
  for (const [key, label] of FACTS) {
    const value = plain(proposal.get(key));
    if (value !== '') facts.push({ label, value });
  }
  for (const [key, label] of [
    ['triggered_by', 'Triggered by'],
    ['synthesis_source', 'Made from'],
    ['revised_from_proposal_id', 'Revised from'],
  ] as const) {
    const value = header.get(key);
    if (value !== undefined && value !== '') facts.push({ label, value });
  }
  if (autoPolicy !== null) facts.push({ label: 'Decided by time', value: autoPolicy });
  return facts;
}

/** A value in one line; empty for null and empty lists. */
function plain(node: JsonNode | undefined): string {
  if (node === undefined || node.kind === 'null') return '';
  if (node.kind === 'string') return node.value;
  if (node.kind === 'array' && node.items.length === 0) return '';
  if (node.kind === 'object' && node.entries.length === 0) return '';
  if (node.kind === 'array' && node.items.every(({ kind }) => kind === 'string'))
    return node.items.map(plain).join(', ');
  return prettyJson(node).text;
}

function momentMs(text: string): number {
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text);
  return Date.parse(zoned || !text.includes('T') ? text : `${text}Z`);
}

/** Of what persons decided, the share that was approved (§11: above 95 % a rubber stamp, below 60 % a judge too strict). */
function shareOf(all: readonly Escalation[]): EscalationQueue['approvedShare'] {
  const whole = all.filter(({ verdict }) =>
    ['approved', 'denied', 'revised', 'redacted'].includes(verdict),
  ).length;
  const part = all.filter(({ verdict }) => verdict === 'approved').length;
  if (whole === 0) return null;
  const value = part / whole;
  let hint: string | null = null;
  if (whole < SHARE_FROM) hint = `Only ${whole} were decided; a share says something from ${SHARE_FROM} on.`;
  else if (value > 0.95)
    hint = 'Nearly all are approved: the judge may escalate too much, or nobody looks closely.';
  else if (value < 0.6)
    hint = 'Many are not approved: the agent proposes what is not wanted, or the judge is too strict.';
  return { value, part, whole, hint };
}
