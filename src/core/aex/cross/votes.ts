import type {
  LedgerFindingKind,
  LedgerWitness,
  Sureness,
  WitnessKind,
} from '../../../contract/ledger-report.ts';
import type { Severity } from '../../../contract/problem.ts';
import { addWitness, witness, type Board } from './board.ts';
import { listed, shown } from './words.ts';

/** A record that can be wrong: an entry, an execution, a reservation, a row of the older stream, a counter. */
export type Owner = {
  /** one finding for each */
  readonly key: string;
  readonly kind: LedgerFindingKind;
  readonly severity?: Severity;
  readonly seq: number | null;
  readonly executionId: string | null;
  readonly agent: string | null;
  /** the entries that are meant, where they stand one behind the other */
  readonly range?: { readonly from: number; readonly to: number };
  /** as a subject: `The reservation of execution 4a17824f45` */
  readonly name: string;
  /** said at the end of the finding */
  readonly note: string;
};

/** What one record says about a matter. `owner` null: it supports a value and can't be accused by this vote. */
export type Vote<T> = {
  readonly value: T;
  readonly weight: number;
  readonly owner: Owner | null;
  readonly witness: WitnessKind;
  readonly where: string;
  readonly seq: number | null;
};

type Odd = {
  readonly owner: Owner;
  readonly fields: { readonly name: string; readonly expected: string; readonly found: string }[];
  readonly witnesses: LedgerWitness[];
  readonly sources: Set<string>;
  sure: Sureness;
};

/** Collects what does not fit, record by record. */
export type Court = {
  /** The value that most records say; each record that says another becomes a finding. */
  decide<T>(
    matter: string,
    votes: readonly Vote<T>[],
    same: (a: T, b: T) => boolean,
    text: (value: T) => string,
  ): T;
  /** One record is wrong by a rule, whatever others say. */
  accuse(
    owner: Owner,
    name: string,
    expected: string,
    found: string,
    why: LedgerWitness | null,
    sure?: Sureness,
  ): void;
  /** Writes the findings. */
  close(board: Board): void;
};

/** The value with the most weight, and by how much it leads. */
export function weigh<T>(
  votes: readonly Vote<T>[],
  same: (a: T, b: T) => boolean,
): { readonly value: T; readonly lead: number } {
  let best = votes[0]!;
  let bestWeight = -1;
  let second = -1;
  for (const vote of votes) {
    const weight = votes.reduce((sum, other) => sum + (same(other.value, vote.value) ? other.weight : 0), 0);
    if (weight > bestWeight + 1e-9) {
      if (!same(vote.value, best.value)) second = bestWeight;
      best = vote;
      bestWeight = weight;
    } else if (!same(vote.value, best.value)) second = Math.max(second, weight);
  }
  return { value: best.value, lead: bestWeight - second };
}

export function newCourt(): Court {
  const odd = new Map<string, Odd>();
  const oddOf = (owner: Owner): Odd => {
    let found = odd.get(owner.key);
    if (found === undefined) {
      found = { owner, fields: [], witnesses: [], sources: new Set(), sure: 'likely' };
      odd.set(owner.key, found);
    }
    return found;
  };
  return {
    decide: (matter, votes, same, text) => {
      const { value: truth, lead } = weigh(votes, same);
      for (const vote of votes) {
        if (vote.owner === null || same(vote.value, truth)) continue;
        const record = oddOf(vote.owner);
        const [expected, found] = [text(truth), text(vote.value)];
        if (!record.fields.some((one) => one.name === matter && one.found === found))
          record.fields.push({ name: matter, expected, found });
        if (lead < 0.25) record.sure = 'possible';
        for (const other of votes) {
          if (other === vote) continue;
          const agrees = same(other.value, truth);
          if (agrees) record.sources.add(other.where);
          if (record.witnesses.length < 20) {
            record.witnesses.push(
              witness(other.witness, other.where, `${matter} ${text(other.value)}`, agrees, other.seq),
            );
          }
        }
      }
      return truth;
    },
    accuse: (owner, name, expected, found, why, sure = 'likely') => {
      const record = oddOf(owner);
      if (!record.fields.some((one) => one.name === name && one.found === found)) {
        record.fields.push({ name, expected, found });
      }
      if (sure !== 'likely') record.sure = sure;
      if (why !== null) {
        if (why.agrees) record.sources.add(why.where);
        record.witnesses.push(why);
      }
    },
    close: (board) => {
      const byCall = Map.groupBy(odd.values(), ({ owner, fields }) =>
        owner.executionId === null ? owner.key : `${owner.executionId} ${JSON.stringify(fields)}`,
      );
      for (const [one, ...others] of byCall.values()) {
        one!.witnesses.push(...others.map(witnessOf));
        tell(board, one!, others);
      }
      odd.clear();
    },
  };
}

/** What a record says that is wrong in the same way as another one. */
function witnessOf({ owner, fields }: Odd): LedgerWitness {
  const found = fields.map(({ name, found: value }) => `${name} ${shown(value)}`).join(', ');
  const table = owner.key.slice(0, owner.key.indexOf(':'));
  const its = table === 'stream' || table === 'reservation' || table === 'entry' ? table : 'execution';
  return witness(its, owner.name, found, false, its === 'entry' ? owner.seq : null);
}

/** `others`: records of the same call that say the same wrong figures. */
function tell(board: Board, { owner, fields, witnesses, sources, sure }: Odd, others: readonly Odd[]): void {
  const expected = fields.map(({ name, expected: value }) => `${name} ${shown(value)}`).join(', ');
  const found = fields.map(({ name, found: value }) => `${name} ${shown(value)}`).join(', ');
  const known = board.get(owner.key);
  if (known !== undefined) {
    for (const said of witnesses) addWitness(known, said);
    for (const other of others) tell(board, other, []);
    return;
  }
  const from = [...sources].slice(0, 5);
  const by = from.length === 0 ? 'it should say' : `${listed(from)} ${from.length === 1 ? 'says' : 'say'}`;
  const draft = board.add(owner.key, {
    kind: owner.kind,
    severity: owner.severity ?? 'error',
    seq: owner.seq,
    executionId: owner.executionId,
    agent: owner.agent,
    message: `${owner.name} says ${found}; ${by} ${expected}.${owner.note === '' ? '' : ` ${owner.note}`}${others.length === 0 ? '' : ` The same stands in ${listed(others.map((one) => one.owner.name.replace(/^(?:The|Row|Execution|Entry)/, (word) => word.toLowerCase())))}.`}`,
    expected,
    found,
    sure,
    ...(owner.range === undefined ? {} : { range: owner.range }),
  });
  for (const said of witnesses) addWitness(draft, said);
}

export const equal = <T>(a: T, b: T): boolean => a === b;
