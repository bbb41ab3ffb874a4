import { NONE } from '../columns.ts';
import { witness } from './board.ts';
import { errorBody, statusOfReason, tailUsage, toolOf, usageOf, type Usage } from './bodies.ts';
import { isTool, type CallContext, type CallRow } from './call.ts';
import { KIND, nameNumber, nameOf, SEEN, seqAt } from './facts.ts';
import { textMark } from './id-table.ts';
import { entryVote } from './owners.ts';
import { equal, type Owner, type Vote } from './votes.ts';
import { readPayload } from '../entry.ts';

/** Answers that are parsed whole where their end does not show their usage. */
const MAX_ANSWER = 16_000_000;

/** Status and stored bodies of an execution against its entries (formats/aex.md §6, §7, §11). */
export function checkCallBodies(
  context: CallContext,
  row: CallRow,
  n: number,
  state: string,
  endKind: number,
  owner: Owner,
): void {
  const { facts, calls, court } = context;
  const end = calls.end[n]!;
  const wanted = statusOf(context, row, end, endKind);
  if (wanted !== undefined && row.status !== wanted) {
    court.accuse(owner, 'status', String(wanted), String(row.status), null);
  }
  const at = end === NONE ? null : seqAt(facts, end);
  if (endKind === KIND.commit) {
    context.counts.bodies += 1;
    if (row.error !== null)
      court.accuse(
        owner,
        'error',
        'none',
        'one',
        witness('entry', `entry ${at}`, 'it was settled', true, at),
      );
    if (row.response === null)
      court.accuse(
        owner,
        'answer',
        'one',
        'none',
        witness('entry', `entry ${at}`, 'it was settled', true, at),
      );
    else checkUsage(context, row, n, end, owner);
    return;
  }
  if (row.response !== null) court.accuse(owner, 'answer', 'none', 'one', null);
  if (endKind === KIND.release || endKind === KIND.fail) checkReason(context, row, end, owner);
  if (endKind === -1 && row.error !== null) court.accuse(owner, 'error', 'none', 'one', null);
  void state;
}

function statusOf(
  context: CallContext,
  row: CallRow,
  end: number,
  endKind: number,
): number | null | undefined {
  if (endKind === KIND.commit) return 200;
  if (endKind === KIND.deny) return 402;
  if (endKind === KIND.fail) return context.facts.amount[end]!;
  if (endKind === -1) return null;
  const said = typeof row.error === 'string' ? errorBody(row.error)?.detail : null;
  if (said === null || said === undefined || context.facts.side[end] !== textMark(said)) return undefined;
  return statusOfReason(said) ?? undefined;
}

function checkReason(context: CallContext, row: CallRow, end: number, owner: Owner): void {
  const { facts, court, look } = context;
  const said = typeof row.error === 'string' ? (errorBody(row.error)?.detail ?? null) : null;
  const mark = facts.side[end]!;
  if (said !== null && (said === '' ? 0 : textMark(said)) === mark) return;
  const seq = seqAt(facts, end);
  if ((facts.flags[end]! & SEEN.rebuilt) !== 0) return;
  const entry = look.entry(seq);
  const reason = entry === null ? null : readPayload(entry.type, entry.payload).reason;
  const votes: Vote<string | null>[] = [
    entryVote(facts, end, reason, row.id, 'amount-differs'),
    {
      value: said,
      weight: 1,
      owner,
      witness: 'execution',
      where: 'the stored error of its execution',
      seq: null,
    },
  ];
  const tool = context.calls.tool[facts.execution[end]!]!;
  if (tool !== NONE && said !== null && facts.kind[tool] === KIND['tool-denied']) {
    const prefix = 'Tool execution failed: ';
    const ran = look.entry(seqAt(facts, tool));
    const error = ran === null ? null : readPayload(ran.type, ran.payload).error;
    if (error !== null) {
      votes.push({
        value: prefix + error,
        weight: 1,
        owner: null,
        witness: 'entry',
        where: `entry ${ran!.seq}`,
        seq: ran!.seq,
      });
    }
  }
  const status = typeof row.status === 'number' ? row.status : null;
  for (const value of new Set(votes.map((vote) => vote.value))) {
    if (value !== null && status !== null && statusOfReason(value) === status) {
      votes.push({
        value,
        weight: 0.4,
        owner: null,
        witness: 'execution',
        where: 'the status of its execution',
        seq: null,
      });
    }
  }
  court.decide('reason', votes, equal, (value) => value ?? 'none');
}

function checkUsage(context: CallContext, row: CallRow, n: number, end: number, owner: Owner): void {
  const { facts, court, look } = context;
  const side = facts.side[end]!;
  const prompt = facts.prompt[side]!;
  const completion = facts.completion[side]!;
  const text = row.response;
  if (typeof text !== 'string') {
    court.accuse(owner, 'answer', 'a text', 'bytes or a number', null);
    return;
  }
  const model = nameOf(facts, facts.model[side]!);
  if (isTool(row)) checkTool(context, row, end, model, owner);
  else if (model?.startsWith('tool:') === true)
    court.accuse(owner, 'endpoint', '/v1/tools/execute', String(row.endpoint), null);
  const tail = isTool(row) ? null : tailUsage(text);
  if (tail !== null && tail.prompt === prompt && tail.completion === completion) return;
  const short = row.responseBytes <= 4_096;
  const body = short ? { text, cut: false } : look.body(row.id, 'response', MAX_ANSWER);
  if (body === null || body.cut) return;
  const usage = isTool(row) ? { prompt: 0, completion: 0 } : usageOf(body.text);
  if (usage === null) {
    if (!body.text.trimStart().startsWith('{'))
      court.accuse(owner, 'answer', 'a JSON object', 'something else', null);
    return;
  }
  for (const [matter, said, is, total] of [
    ['prompt tokens', usage.prompt, prompt, 'prompt'],
    ['completion tokens', usage.completion, completion, 'completion'],
  ] as const) {
    if (said === is) continue;
    const votes: Vote<number>[] = [
      entryVote(facts, end, is, row.id, 'amount-differs'),
      { value: said, weight: 1, owner, witness: 'response', where: 'the stored answer', seq: null },
      ...tokenVotes(context, end, usage, matter, total),
    ];
    const truth = court.decide(matter, votes, (a, b) => Object.is(a, b), String);
    if (!Number.isNaN(truth)) facts[total][side] = truth;
  }
  void n;
}

/** What the token counters of the agent and the price say about the tokens of one settlement. */
function tokenVotes(
  context: CallContext,
  end: number,
  usage: Usage,
  matter: string,
  total: 'prompt' | 'completion',
): Vote<number>[] {
  const { facts, sums, counters, prices } = context;
  const agent = facts.agent[end]!;
  const side = facts.side[end]!;
  const sum = sums.get(agent);
  const counter = counters.get(agent)?.[total] ?? null;
  const votes: Vote<number>[] = [];
  const is = facts[total][side]!;
  for (const value of [is, usage[total]]) {
    if (sum !== undefined && counter !== null && sum[total] - (is || 0) + value === counter) {
      votes.push({
        value,
        weight: 0.5,
        owner: null,
        witness: 'counter',
        where: `the counter of ${matter} of its agent`,
        seq: null,
      });
    }
    const p = total === 'prompt' ? value : facts.prompt[side]!;
    const c = total === 'completion' ? value : facts.completion[side]!;
    const priced = prices.costOf(facts.model[side]!, p, c);
    if (priced !== null && priced.micro === facts.amount[end]) {
      votes.push({
        value,
        weight: priced.sure ? 1 : 0.4,
        owner: null,
        witness: 'price',
        where: 'cost by the price',
        seq: null,
      });
    }
  }
  return votes;
}

function checkTool(
  context: CallContext,
  row: CallRow,
  end: number,
  model: string | null,
  owner: Owner,
): void {
  const tool = typeof row.response === 'string' && row.responseBytes <= 4_096 ? toolOf(row.response) : null;
  const { facts, court } = context;
  if (tool === null || model === `tool:${tool}` || (facts.flags[end]! & SEEN.rebuilt) !== 0) return;
  const votes: Vote<string | null>[] = [
    entryVote(facts, end, model, row.id, 'amount-differs'),
    { value: `tool:${tool}`, weight: 1, owner, witness: 'response', where: 'the stored answer', seq: null },
  ];
  const streamed = context.alignment.differing.get(end);
  if (streamed !== undefined)
    votes.push({
      value: streamed.metadata,
      weight: 1,
      owner: null,
      witness: 'stream',
      where: `row ${streamed.id} of the older event stream`,
      seq: null,
    });
  else
    votes.push({
      value: model,
      weight: 1,
      owner: null,
      witness: 'stream',
      where: 'the older event stream',
      seq: null,
    });
  const truth = court.decide('model', votes, equal, (value) => value ?? 'none');
  if (truth !== null) facts.model[facts.side[end]!] = nameNumber(facts, truth);
}
