import { useEffect, useState } from 'react';
import type { LedgerFacet } from '../../../../contract/ledger.ts';
import { attempt } from '../../../app/client.ts';
import { api } from '../../../app/engine.ts';
import { LEDGER_QUERY_KEYS } from '../../../../core/aex/query/words.ts';
import type { KnownValues } from './language.ts';

const KEYS = LEDGER_QUERY_KEYS.flatMap(({ facet }) => facet ?? []);

/** The values that the keys of a query can have, asked for once the field is used, one key after the other. */
export function useValues(source: string, agent: string | null, wanted: boolean): KnownValues {
  const [values, setValues] = useState<KnownValues>({});
  useEffect(() => {
    if (!wanted) return undefined;
    let here = true;
    const ask = async () => {
      for (const key of KEYS) {
        const answer = await attempt(api.ledger.facets({ source, agent, query: '', key }));
        if (!here) return;
        // without them suggestions are fewer, and nothing else is lost
        const known: readonly LedgerFacet[] = answer.ok ? answer.value : [];
        setValues((before) => ({ ...before, [key]: known }));
      }
    };
    void ask();
    return () => {
      here = false;
    };
  }, [source, agent, wanted]);
  return values;
}
