import { createHash } from 'node:crypto';
import { sep } from 'node:path';
import type { LedgerFinding, LedgerWitness, WitnessVerdict } from '../../../contract/ledger-report.ts';
import { secondsOf, timeText } from '../cross/times.ts';
import { entriesText, money, shown } from '../cross/words.ts';
import type { LedgerPaths } from '../paths.ts';
import type { LedgerLook } from '../store.ts';
import { keepMemory, memoriesAt, memoryOf, realPath, type Memory, type SeenState } from './memory.ts';

/** What a look sees of a ledger, for comparing it with earlier looks. */
export type SeenFacts = {
  readonly events: number;
  readonly first: { readonly seq: number; readonly hash: string; readonly mark: string } | null;
  readonly head: { readonly seq: number; readonly hash: string } | null;
  /** hash and time of an entry; null: there is none of that number */
  at(seq: number): { readonly hash: string; readonly ts: string } | null;
  readonly accounts: readonly {
    readonly name: string;
    readonly createdAt: string | null;
    readonly budgetMicro: number;
    readonly spentMicro: number;
    readonly reservedMicro: number;
  }[];
  /** chain, balances and all cross-checks hold: no finding is an error */
  readonly sound: boolean;
  /** when the look began, and now */
  readonly nowMicros: number;
  readonly endMicros: number;
  /** looks from then on are of the same opening: what they saw is not what was seen earlier */
  readonly sinceMicros: number;
};

export type Seen = { readonly verdict: WitnessVerdict; readonly findings: readonly LedgerFinding[] };

export const WITNESS_OFF: WitnessVerdict = {
  state: 'off',
  seenAtMicros: null,
  seenEvents: null,
  seenHash: null,
  text: 'Nothing is remembered of ledgers here, so it can’t be compared with earlier looks.',
};

/** What is compared and remembered of a look. */
export function seenFacts(
  look: LedgerLook,
  {
    sound,
    nowMicros,
    endMicros,
    sinceMicros,
  }: Pick<SeenFacts, 'sound' | 'nowMicros' | 'endMicros' | 'sinceMicros'>,
): SeenFacts {
  const [first] = look.entries(Number.MIN_SAFE_INTEGER, 1);
  const last = look.lastEntry();
  return {
    events: look.counts().entries,
    first:
      first === undefined
        ? null
        : {
            seq: first.seq,
            hash: first.hash,
            mark: markOf(`${first.type}\n${first.executionId ?? ''}\n${first.ts}`),
          },
    head: last === null ? null : { seq: last.seq, hash: last.hash },
    at: (seq) => look.entry(seq),
    accounts: look.accounts().flatMap((account) =>
      account.budgetMicro === null
        ? []
        : [
            {
              name: account.name,
              createdAt: account.createdAt,
              budgetMicro: account.budgetMicro,
              spentMicro: account.spentMicro ?? 0,
              reservedMicro: account.reservedMicro ?? 0,
            },
          ],
    ),
    sound,
    nowMicros,
    endMicros,
    sinceMicros,
  };
}

const markOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

const NOT_SEEN: WitnessVerdict = {
  state: 'first',
  seenAtMicros: null,
  seenEvents: null,
  seenHash: null,
  text: 'This ledger was not seen before.',
};

const came = (entries: number): string => (entries === 1 ? '1 entry' : `${entries} entries`);

/** What was seen before this opening; null: nothing was. */
const earlierOf = (known: Memory, { sinceMicros }: Pick<SeenFacts, 'sinceMicros'>): SeenState | null =>
  known.head.atMicros < sinceMicros ? known.head : (known.before ?? null);

/** What of a memory is still there. */
type Fate =
  | { readonly fate: 'kept' }
  | { readonly fate: 'shorter'; readonly last: number }
  | { readonly fate: 'other'; readonly same: number; readonly differs: number };

/**
 * Compares a ledger with what was seen of it earlier (real path and first hash). `dataDir` null: off. A cut end or a
 * rewritten past is told; where all of it fits an older copy that was put back, that is what is told.
 */
export function compareSeen(dataDir: string | null, paths: LedgerPaths, facts: SeenFacts): Seen {
  if (dataDir === null) return { verdict: WITNESS_OFF, findings: [] };
  const path = realPath(paths.db);
  const memories = memoriesAt(dataDir, path);
  const known = memories.find(({ first }) => first.hash === facts.first?.hash);
  if (known === undefined) return compareOthers(memories, facts);
  const fate = fateOf(known, facts);
  const findings = [...budgetFindings(known, facts), ...restorations(known)];
  if (fate.fate === 'kept') {
    const earlier = earlierOf(known, facts);
    if (earlier === null) return { verdict: NOT_SEEN, findings };
    const grown = facts.events > earlier.events;
    return {
      verdict: verdict(
        grown ? 'grown' : 'same',
        earlier,
        grown
          ? `Everything that was seen on ${when(earlier)} is still there; ${came(facts.events - earlier.events)} came since.`
          : `It is as it was seen on ${when(earlier)}.`,
      ),
      findings,
    };
  }
  if (fate.fate === 'shorter' && isOutrun(known, facts)) {
    return {
      verdict: verdict(
        'same',
        known.head,
        'Another look has seen more of it meanwhile; all that is here fits that.',
      ),
      findings,
    };
  }
  if (fate.fate === 'shorter')
    return {
      verdict: shorterVerdict(known.head, fate.last, facts),
      findings: [shorter(known.head, fate.last, facts), ...findings],
    };
  return tellOther(known, fate, facts, findings);
}

/** No ledger with this beginning was seen here: another one, or one whose beginning was changed. */
function compareOthers(memories: readonly Memory[], facts: SeenFacts): Seen {
  for (const known of memories) {
    const kept = known.checkpoints.filter(([seq, hash]) => facts.at(seq)?.hash === hash);
    const emptied = facts.first === null;
    const rewritten = facts.first?.mark === known.first.mark;
    if (kept.length === 0 && !rewritten && !emptied) continue;
    if (emptied) {
      return {
        verdict: verdict(
          'shorter',
          known.head,
          `On ${when(known.head)} it had ${known.head.events} entries; now it has none.`,
        ),
        findings: [shorter(known.head, 0, facts)],
      };
    }
    const seq = known.first.seq;
    const message = rewritten
      ? `The ledger begins with the same call as when it was seen on ${when(known.head)}, but the hash of its first entry is another one: everything from entry ${seq} on was hashed anew. The whole record can't be trusted.`
      : `The ledger had another first entry when it was seen on ${when(known.head)}, and still has later entries of then: its beginning was removed or changed.`;
    return {
      verdict: verdict('other', known.head, message),
      findings: [
        finding(
          'seen-other',
          'error',
          seq,
          message,
          known.first.hash,
          facts.first?.hash ?? 'none',
          'proved',
          [seenWitness(known.head, `entry ${seq} had the hash ${known.first.hash.slice(0, 12)}…`)],
        ),
      ],
    };
  }
  if (memories.length === 0) return { verdict: NOT_SEEN, findings: [] };
  const text = 'Another ledger stood here at an earlier look. This one was not seen before.';
  return { verdict: { ...NOT_SEEN, text }, findings: [] };
}

/**
 * Whether another look that ended since this one began remembered more. A ledger grows while it is looked at, so that this
 * says nothing of whether something was cut off.
 */
const isOutrun = ({ writtenMicros }: Memory, { nowMicros }: SeenFacts): boolean =>
  writtenMicros !== undefined && writtenMicros > nowMicros;

function fateOf(known: Memory, facts: SeenFacts): Fate {
  const last = facts.head?.seq ?? 0;
  const marks = [...known.checkpoints, [known.head.seq, known.head.hash] as const].sort(([a], [b]) => a - b);
  let same = known.first.seq;
  for (const [seq, hash] of marks) {
    if (seq > last) return { fate: 'shorter', last };
    if (facts.at(seq)?.hash !== hash) return { fate: 'other', same, differs: seq };
    same = seq;
  }
  return { fate: 'kept' };
}

function tellOther(
  known: Memory,
  { same, differs }: { readonly same: number; readonly differs: number },
  facts: SeenFacts,
  others: readonly LedgerFinding[],
): Seen {
  // entries written after the last look: an older copy was put back and used on
  const next = nextAfter(facts, same, differs);
  const written = next === null ? null : secondsOf(next.ts);
  const continued = facts.sound && written !== null && written * 1_000_000 > known.head.atMicros;
  const place = same + 1 === differs ? `entry ${differs}` : entriesText(same + 1, differs);
  const message = continued
    ? `On ${when(known.head)} this ledger had entries that it does not have now: it parts at ${place}. What stands there now was written after that look and everything adds up, so an older copy seems to have been put back and used on. ${known.head.seq - same} entries of then are not in it.`
    : `The past of this ledger was rewritten since it was seen on ${when(known.head)}: up to entry ${same} it is the same, and entry ${differs} has another hash than then. The change lies at ${place}; the record can't be trusted from entry ${same + 1} on.`;
  const one = finding(
    continued ? 'seen-restored' : 'seen-other',
    continued ? 'warning' : 'error',
    same + 1,
    message,
    known.checkpoints.find(([seq]) => seq === differs)?.[1] ?? known.head.hash,
    facts.at(differs)?.hash ?? 'none',
    continued ? 'likely' : 'proved',
    [
      seenWitness(known.head, `up to entry ${known.head.seq}`),
      { witness: 'hash', where: `entry ${same}`, says: 'has the hash it had then', agrees: true, seq: same },
      {
        witness: 'hash',
        where: `entry ${differs}`,
        says: 'has another hash than then',
        agrees: false,
        seq: differs,
      },
    ],
  );
  return {
    verdict: verdict(continued ? 'restored' : 'other', known.head, message),
    findings: [one, ...others],
  };
}

function nextAfter(facts: SeenFacts, same: number, differs: number): { readonly ts: string } | null {
  // the last place that may be the first changed one: had it been written before the look, it would be in the copy
  for (let seq = differs; seq > same && seq > differs - 64; seq--) {
    const entry = facts.at(seq);
    if (entry !== null) return entry;
  }
  return null;
}

function shorter(head: SeenState, last: number, facts: SeenFacts): LedgerFinding {
  const message =
    facts.sound && last > 0
      ? `The ledger was longer when it was seen on ${when(head)}: ${entriesText(last + 1, head.seq)} are gone. Everything that is here adds up and fits what was seen then, so an older copy seems to have been put back. What happened since is not in it.`
      : `The ledger was longer when it was seen on ${when(head)}: ${entriesText(last + 1, head.seq)} are gone. What is left does not add up either, so the end was cut off. The record is incomplete from entry ${last + 1} on.`;
  const restored = facts.sound && last > 0;
  const one = finding(
    restored ? 'seen-restored' : 'seen-longer',
    restored ? 'warning' : 'error',
    last + 1,
    message,
    `entries up to ${head.seq}`,
    `entries up to ${last}`,
    restored ? 'likely' : 'proved',
    [seenWitness(head, `${head.events} entries, the last one ${head.seq}`)],
  );
  return { ...one, range: { from: last + 1, to: head.seq } };
}

function shorterVerdict(head: SeenState, last: number, facts: SeenFacts): WitnessVerdict {
  return verdict(facts.sound && last > 0 ? 'restored' : 'shorter', head, shorter(head, last, facts).message);
}

function budgetFindings(known: Memory, facts: SeenFacts): LedgerFinding[] {
  const found: LedgerFinding[] = [];
  const byName = new Map(known.accounts.map((account) => [account.name, account]));
  for (const account of facts.accounts) {
    const before = byName.get(account.name);
    if (before === undefined || before.createdAt !== account.createdAt) continue;
    const other = before.budgets.find(({ micro }) => micro !== account.budgetMicro);
    if (other === undefined || found.length >= 200) continue;
    const then = timeText(other.atMicros / 1_000_000);
    found.push({
      ...finding(
        'budget-differs',
        'warning',
        null,
        `The budget of ${shown(account.name)} is ${money(account.budgetMicro)}; it was ${money(other.micro)} when the ledger was seen on ${then}. AEX has no command to change a budget, so its row was changed since.`,
        money(other.micro),
        money(account.budgetMicro),
        'proved',
        [
          {
            witness: 'seen',
            where: `the look of ${then}`,
            says: money(other.micro),
            agrees: true,
            seq: null,
          },
        ],
      ),
      agent: account.name,
    });
  }
  return found;
}

function restorations(known: Memory): LedgerFinding[] {
  return known.restored
    .slice(-3)
    .map(({ atMicros, from, toSeq }) =>
      finding(
        'seen-restored',
        'notice',
        toSeq + 1,
        `An older copy was put back between ${when(from)} and ${timeText(atMicros / 1_000_000)}: ${entriesText(toSeq + 1, from.seq)} of then are not in this ledger.`,
        `entries up to ${from.seq}`,
        `entries up to ${toSeq}`,
        'likely',
        [seenWitness(from, `${from.events} entries`)],
      ),
    );
}

const when = (state: SeenState): string => timeText(state.atMicros / 1_000_000);

function seenWitness(head: SeenState, says: string): LedgerWitness {
  return { witness: 'seen', where: `the look of ${when(head)}`, says, agrees: true, seq: null };
}

function verdict(state: WitnessVerdict['state'], head: SeenState, text: string): WitnessVerdict {
  return { state, seenAtMicros: head.atMicros, seenEvents: head.events, seenHash: head.hash, text };
}

function finding(
  kind: LedgerFinding['kind'],
  severity: LedgerFinding['severity'],
  seq: number | null,
  message: string,
  expected: string,
  found: string,
  sure: LedgerFinding['sure'],
  because: readonly LedgerWitness[],
): LedgerFinding {
  return {
    kind,
    severity,
    seq,
    executionId: null,
    agent: null,
    message,
    expected,
    found,
    since: seq,
    sure,
    because,
  };
}

/** Checkpoints that are kept: of a longer ledger every so many entries. */
const CHECKPOINTS = 512;

/** Whether a look is remembered, else why not. `refused`: what was seen earlier says otherwise, and that stays known. */
type Remembered = 'kept' | 'unsound' | 'empty' | 'inside' | 'refused' | 'failed';

/**
 * Remembers a ledger for later looks, in the app folder and never in its own. Only what adds up is remembered; what was
 * seen and is gone stays known as long as it is no older copy that was put back, and of that it is kept that it was.
 */
export function rememberSeen(dataDir: string, paths: LedgerPaths, facts: SeenFacts): Remembered {
  if (facts.first === null || facts.head === null) return 'empty';
  if (!facts.sound) return 'unsound';
  const path = realPath(paths.db);
  const folder = realPath(paths.dir);
  const own = realPath(dataDir);
  if (own === folder || own.startsWith(folder.endsWith(sep) ? folder : folder + sep)) return 'inside';
  const others = memoriesAt(dataDir, path).filter(({ first }) => first.hash !== facts.first!.hash);
  if (others.some(({ first }) => first.mark === facts.first!.mark)) return 'refused';
  // read just now: another process may have seen more since
  const known = memoryOf(dataDir, path, facts.first.hash);
  const head = {
    atMicros: facts.nowMicros,
    events: facts.events,
    seq: facts.head.seq,
    hash: facts.head.hash,
  };
  const restored = [...(known?.restored ?? [])];
  if (known !== null) {
    const fate = fateOf(known, facts);
    if ((known.head.atMicros > facts.nowMicros || isOutrun(known, facts)) && fate.fate !== 'kept')
      return 'refused';
    if (fate.fate === 'other') {
      const seen = compareSeen(dataDir, paths, facts);
      if (seen.verdict.state !== 'restored') return 'refused';
      restored.push({ atMicros: facts.nowMicros, from: known.head, toSeq: fate.same });
    } else if (fate.fate === 'shorter')
      restored.push({ atMicros: facts.nowMicros, from: known.head, toSeq: fate.last });
  }
  const kept = keepMemory(dataDir, {
    version: 1,
    path,
    first: facts.first,
    firstSeenMicros: known?.firstSeenMicros ?? facts.nowMicros,
    writtenMicros: facts.endMicros,
    head,
    before: known === null ? null : earlierOf(known, facts),
    checkpoints: checkpointsOf(facts),
    accounts: accountsOf(known, facts),
    restored: restored.slice(-20),
  });
  return kept ? 'kept' : 'failed';
}

function checkpointsOf(facts: SeenFacts): [number, string][] {
  const first = facts.first!.seq;
  const last = facts.head!.seq;
  let step = 1;
  while ((last - first) / step > CHECKPOINTS) step *= 2;
  const made: [number, string][] = [];
  for (let seq = first; seq <= last && made.length < 2_000; seq = (Math.floor(seq / step) + 1) * step) {
    const entry = facts.at(seq);
    if (entry !== null) made.push([seq, entry.hash]);
  }
  return made;
}

function accountsOf(known: Memory | null, facts: SeenFacts): Memory['accounts'] {
  const before = new Map((known?.accounts ?? []).map((account) => [account.name, account]));
  return facts.accounts.slice(0, 5_000).map((account) => {
    const old = before.get(account.name);
    const budgets = old !== undefined && old.createdAt === account.createdAt ? [...old.budgets] : [];
    if (budgets.at(-1)?.micro !== account.budgetMicro)
      budgets.push({ atMicros: facts.nowMicros, micro: account.budgetMicro });
    return {
      name: account.name,
      createdAt: account.createdAt,
      spentMicro: account.spentMicro,
      reservedMicro: account.reservedMicro,
      budgets: [...budgets.slice(0, 1), ...budgets.slice(1).slice(-60)],
    };
  });
}

/** Compares a look with earlier ones, then remembers it. */
export function lookBack(
  look: LedgerLook,
  {
    dataDir,
    nowMicros,
    endMicros = nowMicros,
    sinceMicros = Infinity,
    sound,
  }: {
    readonly dataDir: string | null;
    readonly nowMicros: number;
    readonly endMicros?: number;
    readonly sinceMicros?: number;
    readonly sound: boolean;
  },
): Seen {
  if (dataDir === null) return { verdict: WITNESS_OFF, findings: [] };
  if (look.how.salvaged) {
    const text = 'The file is damaged, so it was not compared with what was seen earlier.';
    return { verdict: { ...WITNESS_OFF, text }, findings: [] };
  }
  const facts = seenFacts(look, { sound, nowMicros, endMicros, sinceMicros });
  const seen = compareSeen(dataDir, look.paths, facts);
  const { state, text } = seen.verdict;
  const told = afterwards(rememberSeen(dataDir, look.paths, facts), state === 'first', dataDir);
  return told === null ? seen : { ...seen, verdict: { ...seen.verdict, text: `${text} ${told}` } };
}

/** What a person has to know of whether a look is remembered. */
function afterwards(remembered: Remembered, isFirst: boolean, dataDir: string): string | null {
  switch (remembered) {
    case 'kept':
      return isFirst ? 'What it is now is remembered for the next look.' : null;
    case 'unsound':
      return isFirst ? 'It does not add up, so what it is now is not remembered.' : null;
    case 'empty':
      return 'It has no entry yet by which it could be remembered.';
    case 'inside':
      return `It is not remembered, for ${dataDir}, where Vekscope keeps its files, lies in the folder of the ledger.`;
    case 'refused':
      return null;
    case 'failed':
      return `It could not be remembered for the next look: ${dataDir} can't be written. Check its permissions and the free space.`;
  }
}
