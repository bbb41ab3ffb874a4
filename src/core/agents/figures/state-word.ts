import type { Attention, Health, Reliability, StateWord } from '../../../contract/fleet.ts';
import { counted, percentWords } from './numbers.ts';

const DAY_MICROS = 86_400_000_000;
const ERROR_RATE = 0.2;

export type WordInput = {
  readonly health: Health;
  readonly reliability: Reliability;
  readonly attention: readonly Attention[];
  readonly lastPrimaryMicros: number | null;
  readonly nowMicros: number;
  readonly spike: string | null;
};

/** The state of an agent in a word, the first that fits, and why (formats/atomic-agents.md §8). */
export function stateWord(input: WordInput): { readonly word: StateWord; readonly why: string } {
  const { health, reliability } = input;
  if (health.capped)
    return { word: 'ERROR', why: `${health.cappedBy ?? 'A metric'}, which holds the score down.` };
  if (reliability.primaryRuns.value > 0 && reliability.errorRate >= ERROR_RATE) {
    return {
      word: 'ERROR',
      why: `${percentWords(reliability.errorRate)} of ${counted(reliability.primaryRuns.value, 'primary run')} in 30 days failed.`,
    };
  }
  const age = input.lastPrimaryMicros === null ? null : input.nowMicros - input.lastPrimaryMicros;
  if (age === null) return { word: 'STALE', why: 'It has no primary run yet.' };
  if (age > DAY_MICROS) {
    const hours = Math.floor(age / (DAY_MICROS / 24));
    const ago = hours < 48 ? counted(hours, 'hour') : counted(Math.floor(hours / 24), 'day');
    return { word: 'STALE', why: `The last primary run was ${ago} ago.` };
  }
  if (health.band === 'amber') return { word: 'WARN', why: `The score is ${health.shown ?? ''}, amber.` };
  const open = input.attention.filter(({ state }) => state === 'open');
  if (open.length > 0) {
    const more = open.length === 1 ? '' : ` and ${open.length - 1} more`;
    return { word: 'WARN', why: `Open alert: ${open[0]!.title}${more}.` };
  }
  if (input.spike !== null) return { word: 'WARN', why: input.spike };
  return { word: 'OK', why: 'It ran within a day, has no open alert, and no metric is low.' };
}
