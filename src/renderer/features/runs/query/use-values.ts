import { useEffect, useState } from 'react';
import type { Facet, FacetKey } from '../../../../contract/records.ts';
import { attempt } from '../../../app/client.ts';
import { api } from '../../../app/engine.ts';
import type { KnownValues } from './language.ts';

const KEYS = [
  'agent',
  'model',
  'status',
  'trigger',
  'primitive',
  'month',
  'day',
  'tool',
  'provider',
  'source',
] as const satisfies readonly FacetKey[];

/** The values that the keys of a query can have, asked for once the field is used, one key after the other. */
export function useValues(source: string, wanted: boolean): KnownValues {
  const [values, setValues] = useState<KnownValues>({});
  useEffect(() => {
    if (!wanted) return undefined;
    let here = true;
    const ask = async () => {
      for (const key of KEYS) {
        const answer = await attempt(api.agents.facets({ source, query: '', key }));
        if (!here) return;
        // without them suggestions are fewer, and nothing else is lost
        const known: readonly Facet[] = answer.ok ? answer.value : [];
        setValues((before) => ({ ...before, [key]: known }));
      }
    };
    void ask();
    return () => {
      here = false;
    };
  }, [source, wanted]);
  return values;
}
