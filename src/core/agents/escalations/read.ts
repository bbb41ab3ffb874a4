import { createHash } from 'node:crypto';
import type { Escalation, EscalationQueue, EscalationVerdict } from '../../../contract/escalations.ts';
import { prettyJson } from '../../json/pretty.ts';
import type { JsonNode } from '../../json/tree.ts';
import { term } from '../../records/query.ts';
import type { AgentFolder, FolderFile } from '../folder.ts';
import { entriesOf, fileOf } from '../parts/read.ts';
import type { JudgeSettings } from '../settings/judges.ts';
import { readJudges } from '../settings.ts';
import { pyStrip } from '../text/python-text.ts';
import { readBlocks } from './blocks.ts';
import { closedWhy, ignoredAnswer } from './closed.ts';
import { cutEscalation, sectionOf } from './file.ts';
import { headerFindings, proposalFindings, stateFindings } from './findings.ts';
import { checkHash, plain, readProposal } from './proposal.ts';

/** Resolutions of persons from which on their share says something. */
const SHARE_FROM = 10;

/** The escalation that a path names; null where the runtime would not look for one there. */
export function readEscalation(folder: AgentFolder, path: string, nowMicros: number): Escalation | null {
  const slash = path.lastIndexOf('/');
  const name = path.slice(slash + 1);
  if (!name.endsWith('.md') || name.startsWith('.')) return null;
  const within = path.slice(0, Math.max(0, slash));
  for (const { name: agent, logOnly } of folder.root.agents) {
    if (logOnly) continue;
    const judges = readJudges(folder, agent);
    const place = folder.pathOf(agent, destinationOf(judges.destination));
    if (!within.startsWith(`${place}/`) || within.slice(place.length + 1).includes('/')) continue;
    const file = fileOf(folder, path);
    const marker = folder.isFile(`${within}/.${name}.resolved-emitted`);
    return file === null ? null : escalationOf(file, agent, judges, marker, nowMicros);
  }
  return null;
}

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
  const noProposal = read.ok ? null : read.why;
  const seen = { file, cut, verdict, blocks, hashOk: hash.ok, marker, noProposal };
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
    closed: closedWhy(seen),
    ignored: ignoredAnswer(seen),
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
