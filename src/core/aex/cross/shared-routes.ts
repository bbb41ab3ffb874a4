import type { LedgerWitness } from '../../../contract/ledger-report.ts';
import { field } from '../../json/build.ts';
import { parseJson } from '../../json/parse.ts';
import type { LedgerLook } from '../store.ts';
import { addWitness, witness, type Board } from './board.ts';
import type { PriceBook, RouteSeen } from './call.ts';
import { KIND, nameOf, placeOf, seqAt, type Facts } from './facts.ts';
import { executionOwner } from './owners.ts';
import { amount, listed, shortId, shown } from './words.ts';

/** Route hashes by endpoint and model of the calls that have them. */
export type SeenRoute = {
  readonly endpoint: string;
  readonly model: string | null;
  /** its calls by their route hash */
  readonly hashes: ReadonlyMap<string, RouteSeen>;
  /** what the model config beside the ledger makes of it; null: not known */
  readonly computed: string | null;
};

type Call = { readonly route: SeenRoute; readonly seen: RouteSeen };

/** Calls of one hash that make clear which endpoint and model it is of. */
const ENOUGH = 4;

/**
 * Endpoint and model are part of a route hash, so two of them never have the same one. The calls that share a hash with
 * calls of another endpoint or model had these changed; gives the hashes that are explained so, by route.
 */
export function tellSharedRoutes(
  look: LedgerLook,
  facts: Facts,
  routes: readonly SeenRoute[],
  board: Board,
): ReadonlyMap<SeenRoute, ReadonlySet<string>> {
  const byHash = new Map<string, Call[]>();
  for (const route of routes) {
    for (const [hash, seen] of route.hashes) {
      const calls = byHash.get(hash) ?? [];
      if (calls.length === 0) byHash.set(hash, calls);
      calls.push({ route, seen });
    }
  }
  const told = new Map<SeenRoute, Set<string>>();
  for (const [hash, calls] of byHash) {
    if (calls.length < 2) continue;
    const [most, next] = calls.toSorted((a, b) => b.seen.count - a.seen.count);
    const known = calls.find(({ route }) => route.computed === hash);
    const truth = known ?? most!;
    if (known === undefined && (most!.seen.count < ENOUGH || most!.seen.count === next!.seen.count)) continue;
    for (const call of calls) {
      if (call === truth) continue;
      tellShared(look, facts, call, truth, board);
      told.set(call.route, (told.get(call.route) ?? new Set<string>()).add(hash));
    }
  }
  return told;
}

function tellShared(look: LedgerLook, facts: Facts, { route, seen }: Call, truth: Call, board: Board): void {
  const { id, at, count } = seen;
  const seq = seqAt(facts, at);
  const others = amount(truth.seen.count, 'other call');
  const of = `${others} of ${shown(truth.route.model)} to ${shown(truth.route.endpoint)}`;
  const why = witness('hash', 'the route hash of its execution', `that of ${of}`, true);
  const differs = route.endpoint !== truth.route.endpoint;
  if (route.model !== truth.route.model) {
    const known = board.get(`entry:${seq}`);
    if (known !== undefined && known.kind !== 'price-differs') addWitness(known, why);
    else tellModel(facts, at, { route, seen }, truth, why, board);
    if (!differs) return;
  }
  const answer = answerOf(look, id, truth.route.endpoint);
  const owner = executionOwner(id, nameOf(facts, facts.agent[at]!), seq);
  const more = count === 1 ? '' : ` The same holds for ${amount(count - 1, 'more call')}.`;
  const also = answer === null ? [] : [`its stored answer ${answer.says}`];
  board.add(owner.key, {
    kind: owner.kind,
    severity: 'error',
    seq,
    executionId: id,
    agent: owner.agent,
    message: `${owner.name} says endpoint ${shown(route.endpoint)}; ${listed([`its route hash is that of ${of}`, ...also])}. ${owner.note}${more}`,
    expected: `endpoint ${shown(truth.route.endpoint)}`,
    found: `endpoint ${shown(route.endpoint)}`,
    sure: 'likely',
    because: [why, ...(answer === null ? [] : [answer])],
  });
}

/** A settlement that names another model than its call went to, and everything else was made to match. */
function tellModel(
  facts: Facts,
  at: number,
  { route, seen }: Call,
  truth: Call,
  why: LedgerWitness,
  board: Board,
): void {
  const seq = seqAt(facts, at);
  const agent = nameOf(facts, facts.agent[at]!);
  const [is, was] = [shown(route.model), shown(truth.route.model)];
  const more = seen.count === 1 ? '' : ` The same holds for ${amount(seen.count - 1, 'more call')}.`;
  // that the cost is not the price of the model it names is part of this
  const priced = board.get(`entry:${seq}`)?.because.filter(({ witness: kind }) => kind === 'price') ?? [];
  board.delete(`entry:${seq}`);
  board.add(`entry:${seq}`, {
    kind: 'amount-differs',
    severity: priced.length > 0 ? 'error' : 'warning',
    seq,
    executionId: seen.id,
    agent,
    message: `Entry ${seq} of ${shown(agent)} names model ${is}; the route hash of its execution ${shortId(seen.id)} is that of ${amount(truth.seen.count, 'other call')} of ${was}. The model was changed with everything hashed anew, or the route hash was.${more}`,
    expected: `model ${was}`,
    found: `model ${is}`,
    sure: priced.length > 0 ? 'likely' : 'possible',
    because: [why, ...priced.map(({ where, says }) => witness('price', `${where} of ${is}`, says, true))],
  });
}

/**
 * Settlements of which all name another model than their route hash was made with: a model was renamed throughout, and
 * everything hashed anew. `models`: the model of each hash by the config beside the ledger; `told`: what is explained.
 */
export function tellOtherModels(
  facts: Facts,
  prices: PriceBook,
  routes: readonly SeenRoute[],
  models: ReadonlyMap<string, string>,
  told: ReadonlyMap<SeenRoute, ReadonlySet<string>>,
  board: Board,
): void {
  const renamed = new Map<string, { is: string | null; was: string; at: number; count: number }>();
  for (const route of routes) {
    for (const [hash, { at, count }] of route.hashes) {
      const was = models.get(hash);
      if (was === undefined || was === route.model || told.get(route)?.has(hash) === true) continue;
      const key = JSON.stringify([route.model, was]);
      const one = renamed.get(key) ?? { is: route.model, was, at, count: 0 };
      renamed.set(key, { ...one, at: Math.min(one.at, at), count: one.count + count });
    }
  }
  for (const { is, was, at, count } of renamed.values()) {
    const seq = seqAt(facts, at);
    const rows = takeBack(facts, prices, board, is, was);
    const known = board.get(`entry:${seq}`);
    const hash = `computed with the model ${shown(was)}`;
    if (known?.severity === 'error') {
      addWitness(known, witness('hash', 'the route hash of its execution', hash, true));
      continue;
    }
    board.delete(`entry:${seq}`);
    board.add(`entry:${seq}`, {
      kind: 'amount-differs',
      severity: 'error',
      seq,
      message: `${count === 1 ? 'One settlement names' : `${amount(count, 'settlement')} name`} model ${shown(is)}, the first is entry ${seq}; the route ${count === 1 ? 'hash of its execution was' : 'hashes of their executions were'} computed with ${shown(was)}. The model was changed there, and everything from entry ${seq} on was hashed anew: nothing can be trusted from there on.`,
      expected: `model ${shown(was)}`,
      found: `model ${shown(is)}`,
      sure: 'proved',
      because: [
        witness('hash', 'route hashes of their executions', hash, true),
        ...(rows === 0
          ? []
          : [
              witness(
                'stream',
                `${amount(rows, 'row')} of the older event stream`,
                `model ${shown(was)}`,
                true,
              ),
            ]),
        witness('entry', `entry ${seq}`, `model ${shown(is)}`, false, seq),
      ],
    });
  }
}

/** Takes back what only follows from that, and gives how many rows of the older stream still say the true model. */
function takeBack(facts: Facts, prices: PriceBook, board: Board, is: string | null, was: string): number {
  const [named, truth] = [facts.numbers.get(is ?? '') ?? 0, facts.numbers.get(was)];
  const isPriced = (seq: number): boolean => {
    const at = placeOf(facts, seq);
    const side = facts.side[at]!;
    if (facts.kind[at] !== KIND.commit || facts.model[side] !== named) return false;
    // a model that no entry names any more has no known price
    if (truth === undefined) return true;
    return prices.costOf(truth, facts.prompt[side]!, facts.completion[side]!)?.micro === facts.amount[at];
  };
  let rows = 0;
  for (const [key, { kind, seq, expected, found }] of board.keyed()) {
    const isRow =
      kind === 'stream-differs' && expected === `model ${shown(is)}` && found === `model ${shown(was)}`;
    if (isRow) rows += 1;
    const isEntry = kind === 'amount-differs' && expected === `model ${shown(was)}`;
    if (isRow || isEntry || (kind === 'price-differs' && seq !== null && isPriced(seq))) board.delete(key);
  }
  return rows;
}

/** What kind of answer each endpoint gives, as providers name it. */
const ANSWERS: readonly (readonly [path: string, object: string])[] = [
  ['/chat/completions', 'chat.completion'],
  ['/embeddings', 'list'],
  ['/responses', 'response'],
];
const MAX_ANSWER = 4_000_000;

/** Whether the stored answer of a call is of the kind of an endpoint; null: it names none that is known. */
function answerOf(look: LedgerLook, id: string, endpoint: string): LedgerWitness | null {
  const body = look.body(id, 'response', MAX_ANSWER);
  if (body === null || body.cut) return null;
  const parsed = parseJson(body.text);
  if (!parsed.ok || parsed.node.kind !== 'object') return null;
  const object = field(parsed.node, 'object');
  const wanted = ANSWERS.find(([path]) => endpoint.endsWith(path))?.[1];
  if (object?.kind !== 'string' || wanted === undefined) return null;
  return object.value === wanted
    ? witness('response', 'its stored answer', `is a ${shown(object.value)}`, true)
    : null;
}
