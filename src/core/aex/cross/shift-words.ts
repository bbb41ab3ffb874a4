import type { LedgerFindingKind, WitnessKind } from '../../../contract/ledger-report.ts';
import { witness } from './board.ts';
import type { CallContext } from './call.ts';
import { nameOf, seqAt } from './facts.ts';
import type { Clock, TimeShift } from './time-shifts.ts';
import { timeText } from './times.ts';
import { amount, capital, listed, shown } from './words.ts';

const NAMES: Readonly<Record<Clock, string>> = {
  log: 'the entries',
  executions: 'their executions',
  reservations: 'their reservations',
  events: 'the older event stream',
  expiry: 'the expiry in the entries, which is part of their hash',
};
const WITNESSES: Readonly<Record<Clock, WitnessKind>> = {
  log: 'entry',
  executions: 'execution',
  reservations: 'reservation',
  events: 'stream',
  expiry: 'hash',
};
/** What a finding is about if several records were moved: the first of these. */
const KINDS: readonly (readonly [Clock, LedgerFindingKind])[] = [
  ['log', 'time-differs'],
  ['expiry', 'time-differs'],
  ['executions', 'execution-differs'],
  ['reservations', 'reservation-differs'],
  ['events', 'stream-differs'],
];

/** Tells of times that were moved together. `places`: of their entries, in order. */
export function tellShift(
  { facts, board }: CallContext,
  { moved, others, by, moments }: TimeShift,
  places: readonly number[],
): void {
  const [from, to] = [seqAt(facts, places[0]!), seqAt(facts, places.at(-1)!)];
  const agents = new Set(places.map((at) => facts.agent[at]!));
  const agent = agents.size === 1 ? nameOf(facts, [...agents][0]!) : null;
  const calls = amount(new Set(moments.map(({ n }) => n)).size, 'call');
  const was = facts.seconds[places[0]!]!;
  const names = [...moved].filter((one) => one !== 'expiry' || moved.size === 1).map((one) => NAMES[one]);
  const where = capital(listed(names));
  const right = listed([...others].map((one) => NAMES[one]));
  const [kind] = KINDS.flatMap(([one, its]) => (moved.has(one) ? [its] : []));
  board.add(`times:${[...moved].join()}:${from}`, {
    kind: kind!,
    severity: 'error',
    seq: from,
    agent,
    message: `The times of ${calls}${agent === null ? '' : ` of ${shown(agent)}`} (entries ${from} to ${to}) were moved ${by < 0 ? 'back' : 'on'} by ${spanText(by)}. ${where} ${moved.size === 1 && (moved.has('events') || moved.has('expiry')) ? 'says' : 'say'} ${timeText(was + by)} at entry ${from}, ${right} ${timeText(was)}, and so on in all of them. No hash covers these times, so the chain does not notice; amounts and order are not affected.`,
    expected: timeText(was),
    found: timeText(was + by),
    sure: 'likely',
    range: { from, to },
    because: [
      ...[...others].map((one) => witness(WITNESSES[one], NAMES[one], timesText(by, false), true, from)),
      ...[...moved].map((one) => witness(WITNESSES[one], NAMES[one], timesText(by, true), false, from)),
    ],
  });
}

const timesText = (by: number, moved: boolean): string =>
  `${moved === by > 0 ? 'later' : 'earlier'} by ${spanText(by)} than the others`;

/** `1 day`, `1 hour and 30 seconds`. */
function spanText(seconds: number): string {
  const rest = Math.abs(seconds);
  const units = [
    [Math.floor(rest / 86_400), 'day'],
    [Math.floor((rest % 86_400) / 3_600), 'hour'],
    [Math.floor((rest % 3_600) / 60), 'minute'],
    [rest % 60, 'second'],
  ] as const;
  return listed(units.flatMap(([count, unit]) => (count === 0 ? [] : [amount(count, unit)])));
}
