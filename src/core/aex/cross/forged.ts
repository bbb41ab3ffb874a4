import { NONE } from '../columns.ts';
import type { AccountRow } from '../rows.ts';
import { emptySums, type Sums } from './balances.ts';
import { addWitness, witness, type Board, type Draft } from './board.ts';
import type { CallContext } from './call.ts';
import { KIND, nameOf, SEEN, seqAt, type Facts } from './facts.ts';
import { shareOf, type Share } from './shifts.ts';
import { entriesText, listed, shortId, shown } from './words.ts';

const NO_STREAM = 'no row in the older event stream';

/** An execution that some of its records do not know. */
type Suspect = {
  readonly n: number;
  readonly places: readonly number[];
  readonly id: string;
  readonly share: Share;
  /** what does not know it */
  readonly lacks: readonly string[];
};

/**
 * Executions that were put in: rows or the older stream do not know them, and counters do not count them. Each is one
 * finding, and from then on their entries count for nothing. True: there are some.
 */
export function tellForged(
  context: CallContext,
  accounts: readonly AccountRow[],
  sums: () => ReadonlyMap<number, Sums>,
): boolean {
  const { facts, board } = context;
  const suspects = suspectsOf(context);
  if (suspects.length === 0) return false;
  let changed = false;
  const byAgent = new Map<number, Suspect[]>();
  for (const suspect of suspects) {
    const agent = facts.agent[suspect.places[0]!]!;
    byAgent.set(agent, [...(byAgent.get(agent) ?? []), suspect]);
  }
  for (const account of accounts) {
    const number = facts.numbers.get(account.name) ?? -1;
    // the one with the fewest records first
    const own = (byAgent.get(number) ?? []).toSorted((a, b) => unknown(b) - unknown(a));
    const sum = sums().get(number) ?? emptySums();
    const uncounted = (some: readonly Suspect[]): boolean => isWithout(account, sum, some);
    const forged = own.length > 1 && uncounted(own) ? own : own.filter((one) => uncounted([one])).slice(0, 1);
    for (const one of forged) {
      changed = true;
      const draft = tell(facts, board, one, account.name);
      // of equal settlements in a line the older stream does not say which one lost its row
      const other = one.lacks.includes(NO_STREAM) ? undefined : own.find((two) => isLike(one, two));
      if (other !== undefined) joinStream(facts, board, other, draft);
      for (const at of one.places) facts.kind[at] = KIND.other;
      context.calls.reserve[one.n] = NONE;
      context.calls.end[one.n] = NONE;
    }
  }
  return changed;
}

const NO_EXECUTION = 'no row in executions';
/** How many records do not know an execution; its own row is the first of them. */
const unknown = ({ lacks }: Suspect): number => lacks.length + (lacks.includes(NO_EXECUTION) ? 1 : 0);

/** Whether the counters of an agent are what its entries come to without some executions. */
function isWithout(account: AccountRow, sum: Sums, some: readonly Suspect[]): boolean {
  const less = (name: keyof Share): number =>
    sum[name] - some.reduce((all, { share }) => all + share[name], 0);
  const changes = some.some(({ share }) => share.spent !== 0 || share.reserved !== 0);
  return changes && account.spentMicro === less('spent') && account.reservedMicro === less('reserved');
}

function suspectsOf(context: CallContext): Suspect[] {
  const { facts, calls, alignment, board, look } = context;
  const lacking = new Set(alignment.lacking);
  const numbers = new Set<number>();
  for (const at of lacking) if (facts.execution[at] !== NONE) numbers.add(facts.execution[at]!);
  for (let n = 0; n < calls.count; n++) if (calls.found[n] === 0) numbers.add(n);
  const suspects: Suspect[] = [];
  for (const n of numbers) {
    if (n >= calls.count) continue;
    const places = [calls.reserve[n]!, calls.dispatch[n]!, calls.end[n]!, calls.tool[n]!].filter(
      (at) => at !== NONE,
    );
    if (places.length === 0 || places.some((at) => (facts.flags[at]! & (SEEN.rebuilt | SEEN.broken)) !== 0))
      continue;
    const id = look.entry(seqAt(facts, places[0]!))?.executionId ?? '';
    const lacks = [
      ...(calls.found[n] === 1 ? [] : [NO_EXECUTION]),
      ...(board.get(`reservation:${id}`)?.kind === 'row-missing' ? ['no reservation'] : []),
      ...(places.some((at) => lacking.has(at)) ? [NO_STREAM] : []),
    ];
    suspects.push({ n, places, id, share: shareOf(facts, calls, n), lacks });
  }
  return suspects;
}

/** Whether another execution lacks nothing but the row of the older stream, and was settled with the same figures. */
function isLike(one: Suspect, two: Suspect): boolean {
  const same = (name: keyof Share): boolean => one.share[name] === two.share[name];
  return (
    one !== two &&
    two.lacks.length === 1 &&
    two.lacks[0] === NO_STREAM &&
    same('spent') &&
    same('prompt') &&
    same('completion')
  );
}

function joinStream(facts: Facts, board: Board, { places }: Suspect, draft: Draft): void {
  for (const at of places) {
    const key = `entry:${seqAt(facts, at)}`;
    const known = board.get(key);
    if (known?.kind !== 'row-missing') continue;
    for (const said of known.because) addWitness(draft, said);
    board.delete(key);
  }
}

function tell(facts: Facts, board: Board, { places, id, lacks }: Suspect, agent: string): Draft {
  const seqs = places.map((at) => seqAt(facts, at));
  const first = Math.min(...seqs);
  const last = Math.max(...seqs);
  const entries =
    last - first === seqs.length - 1 ? entriesText(first, last) : `entries ${listed(seqs.map(String))}`;
  const told: Draft[] = [];
  for (const key of [
    ...seqs.map((seq) => `entry:${seq}`),
    `execution:${id}`,
    `reservation:${id}`,
    `undispatched:${seqs.at(-1)}`,
    `open:${first}`,
  ]) {
    const draft = board.get(key);
    if (draft !== undefined) told.push(draft);
    board.delete(key);
  }
  const one = seqs.length === 1;
  const draft = board.add(`entry:${first}`, {
    kind: 'entry-unknown',
    severity: 'error',
    seq: first,
    executionId: id,
    agent,
    message: `${entries.charAt(0).toUpperCase()}${entries.slice(1)} ${one ? 'was' : 'were'} put in, and everything behind ${one ? 'it' : 'them'} was hashed anew: execution ${shortId(id)} has ${listed(lacks)}, and the counters of ${shown(agent)} are right only without ${one ? 'it' : 'them'}. The record can't be trusted from entry ${first} on.`,
    expected: 'no such entry',
    found: entries,
    sure: 'likely',
    because: [
      witness(
        'counter',
        `the counters of ${shown(agent)}`,
        one ? 'right only without it' : 'right only without them',
        false,
      ),
      ...lacks.map((what) =>
        witness(
          what.includes('stream') ? 'stream' : what.includes('reservation') ? 'reservation' : 'execution',
          `execution ${shortId(id)}`,
          what,
          false,
        ),
      ),
      ...seqs.map((seq) =>
        witness('entry', `entry ${seq}`, `of ${shown(nameOf(facts, facts.agent[places[0]!]!))}`, false, seq),
      ),
    ],
  });
  for (const { because } of told) for (const said of because) addWitness(draft, said);
  return draft;
}
