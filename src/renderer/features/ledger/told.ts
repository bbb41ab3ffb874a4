import { formatMoney, type Zone } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { localTimes } from './local-times.ts';

/** A sentence of the check as the window says everything: amounts as money, times in the chosen zone. */
export const toldText = (text: string, zone: Zone): string =>
  visibleText(localTimes(moneyWords(text), zone)).replaceAll(NOT, '$1’t');

/** Sentences of the core are plain ASCII. */
const NOT = /\b(can|isn|doesn|won|didn|hasn|haven|aren|wasn|weren|couldn|wouldn)'t\b/g;

/** The same of values that are compared: with their times as stored where nothing else tells two of them apart. */
export function toldValues(values: readonly string[], zone: Zone): readonly string[] {
  const told = values.map((text) => toldText(text, zone));
  return new Set(told).size < new Set(values).size
    ? values.map((text) => visibleText(moneyWords(text)))
    : told;
}

/** Fields of payloads as AEX names them, in micro-dollars, as an amount of money: `cost $0.036025`; long amounts in groups. */
export const moneyWords = (text: string): string =>
  text
    .replaceAll(
      /\b(cost|estimated|remaining|actual|budget)_micro (-?\d{1,15})(?!\d)/g,
      (_, name: string, micro: string) =>
        `${name === 'estimated' ? 'estimate' : name} ${formatMoney(Number(micro))}`,
    )
    .replaceAll(NUMBERED, (_, before: string, seq: string) => `${before}${grouped(seq)}`)
    .replaceAll(COUNTED, (count) => grouped(count))
    .replaceAll(/\$(\d{4,})(?=\.\d{6}(?!\d))/g, (_, whole: string) => `$${grouped(whole)}`);

/** Numbers of entries and rows: `entry 300237`, `entries 1200 to 1300`. */
const NUMBERED =
  /\b([Ee]ntry |[Ee]ntries (?:up to )?|[Rr]ows? |(?<=(?:[Ee]ntries|[Rr]ows) \d{1,15} )(?:to|and) )(\d{4,15})(?![\w.:-]*\d)/g;
/** How many of something there are: `100075 dispatches`. */
const COUNTED =
  /(?<![\w.,:$/-])(\d{4,15})(?= (?:dispatches|entries|rows|tokens|requests|executions|reservations|settlements|calls|more|other|prompt|completion)\b)/g;

const grouped = (whole: string): string => whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
