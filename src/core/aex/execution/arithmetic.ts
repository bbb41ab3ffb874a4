import type { Arithmetic } from '../../../contract/ledger-detail.ts';
import type { Models } from '../config/models.ts';
import type { StoredCall } from './call.ts';
import { tokens, usd } from './words.ts';

/** How the money of an execution comes about: what is stored, what follows from it, what today's price list says. */
export function arithmeticOf(
  { entries, reservation, isTool }: StoredCall,
  models: Models | null,
): Arithmetic[] {
  const lines: Arithmetic[] = [];
  const stored = (label: string, micro: number | null, text: string): void => {
    lines.push({ label, micro, text, source: 'stored' });
  };
  const of = (type: string) => entries.find(({ entry }) => entry.type === type)?.payload ?? null;
  const deny = of('budget.deny');
  if (deny !== null) {
    stored('Asked for', deny.estimated, ESTIMATE);
    stored(
      'Left at that moment',
      deny.remaining,
      'Budget less spent and reserved, as the refusal recorded it.',
    );
    if (deny.estimated !== null && deny.remaining !== null) {
      lines.push({
        label: 'Short by',
        micro: deny.estimated - deny.remaining,
        text: `${usd(deny.estimated)} − ${usd(deny.remaining)}`,
        source: 'computed',
      });
    }
  }
  const commit = of('usage.commit');
  const estimated = of('budget.reserve')?.estimated ?? reservation?.estimatedMicro ?? null;
  if (estimated !== null) {
    stored('Reserved', estimated, isTool ? 'The cost that the manifest of the tool names.' : ESTIMATE);
  }
  if (commit !== null) {
    lines.push(...priced(commit, models));
    stored(
      'Charged',
      commit.cost,
      isTool
        ? 'The cost of one run.'
        : 'Tokens as the provider reported them, times the price of that moment.',
    );
    if (commit.cost !== null && estimated !== null) lines.push(difference(estimated, commit.cost));
  }
  const release = of('reservation.release');
  if (release !== null) stored('Set free', release.estimated, 'Nothing was charged.');
  return lines;
}

const ESTIMATE =
  'An estimate made before the call: characters ÷ 4 × the input price, and the most tokens of the answer × the output price.';

function difference(estimated: number, cost: number): Arithmetic {
  const over = cost > estimated;
  return {
    label: over ? 'More than reserved' : 'Given back',
    micro: Math.abs(estimated - cost),
    text: over
      ? `${usd(cost)} − ${usd(estimated)}: the estimate was too low, all of it was charged.`
      : `${usd(estimated)} − ${usd(cost)}`,
    source: 'computed',
  };
}

/** Tokens times the prices of today's list, which may be other ones than those of the day. */
function priced(
  commit: { model: string | null; prompt: number | null; completion: number | null; cost: number | null },
  models: Models | null,
): Arithmetic[] {
  const price = commit.model === null ? undefined : models?.models.get(commit.model);
  if (price === undefined) return [];
  const prompt = commit.prompt ?? 0;
  const completion = commit.completion ?? 0;
  const sum = prompt * price.inputMicro + completion * price.outputMicro;
  return [
    {
      label: 'Input',
      micro: prompt * price.inputMicro,
      text: `${tokens(prompt)} × ${usd(price.inputMicro)}`,
      source: 'config',
    },
    {
      label: 'Output',
      micro: completion * price.outputMicro,
      text: `${tokens(completion)} × ${usd(price.outputMicro)}`,
      source: 'config',
    },
    {
      label: 'By today’s price list',
      micro: sum,
      text:
        sum === commit.cost
          ? 'The same as was charged.'
          : 'Not what was charged: prices may have been other ones then, or one of the figures was changed.',
      source: 'config',
    },
  ];
}
