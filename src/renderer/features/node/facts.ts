import type { CallFact, FactKind } from '../../../contract/vek.ts';
import { formatCount, formatMoney, formatSpan } from '../../ui/format.ts';

/** A part of a fact, and where the record states it. */
export type FactPart = { readonly text: string; readonly from: string };

/** One row of facts: what a call states about itself, in words. */
export type FactLine = { readonly label: string; readonly parts: readonly FactPart[]; readonly text: string };

const TOKENS: readonly (readonly [FactKind, (count: string) => string])[] = [
  ['input-tokens', (count) => `${count} in`],
  ['output-tokens', (count) => `${count} out`],
  ['total-tokens', (count) => `${count} in all`],
  ['cached-tokens', (count) => `${count} from cache`],
  ['cache-write-tokens', (count) => `${count} to cache`],
  ['reasoning-tokens', (count) => `${count} reasoning`],
];

/** Rows for what a call states about itself. What it does not state has no row. */
export function factLines(facts: readonly CallFact[]): readonly FactLine[] {
  const of = (kind: FactKind) => facts.find((fact) => fact.kind === kind);
  const part = (kind: FactKind, say: (value: string | number) => string): readonly FactPart[] => {
    const fact = of(kind);
    return fact === undefined ? [] : [{ text: say(fact.value), from: whereOf(fact) }];
  };
  const lines: readonly (readonly [string, readonly FactPart[]])[] = [
    ['Model', [...part('model', String), ...part('finish', (reason) => `ended: ${reason}`)]],
    ['Tokens', TOKENS.flatMap(([kind, say]) => part(kind, (value) => say(formatCount(Number(value)))))],
    ['Took', part('duration', (value) => formatSpan(Number(value)))],
    ['Cost', part('cost', (value) => formatMoney(Number(value)))],
  ];
  return lines.flatMap(([label, parts]) =>
    parts.length === 0 ? [] : [{ label, parts, text: parts.map(({ text }) => text).join(', ') }],
  );
}

const whereOf = ({ side, pointer }: CallFact): string => `as the ${side} states at ${pointer}`;
