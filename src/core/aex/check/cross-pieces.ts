import { readModels } from '../config/models.ts';
import { createCrossCheck, type CrossCheck } from '../cross/cross-check.ts';
import type { LedgerLook } from '../store.ts';
import { lookBack } from '../witness/seen.ts';
import type { Seen } from '../witness/words.ts';
import type { CheckTerms } from './types.ts';

export type { CrossCheck };

/** What compares the entries with all other records, with the prices and routes of the config beside the ledger. */
export function crossCheckOf(look: LedgerLook, terms: CheckTerms): CrossCheck {
  const config = readModels(terms.paths);
  const models = config === null || config.problem !== null ? null : config.models;
  const routes =
    models === null
      ? null
      : new Map(
          [...models].map(([name, { provider, providerModel }]) => [
            name,
            { provider, providerModel, baseUrl: config?.providers.get(provider) ?? null },
          ]),
        );
  return createCrossCheck(look, { prices: models, routes, nowMicros: terms.nowMicros });
}

/** What became of what was seen of this ledger earlier; where it is `sound`, this look is remembered. */
export function seenOf(
  look: LedgerLook,
  { dataDir, nowMicros, sinceMicros }: CheckTerms,
  sound: boolean,
): Seen {
  return lookBack(look, { dataDir, nowMicros, endMicros: Date.now() * 1_000, sinceMicros, sound });
}
