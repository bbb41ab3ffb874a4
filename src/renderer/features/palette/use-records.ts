import { Rows3 } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { RecordRow } from '../../../contract/records.ts';
import { parseQuery, QUERY_KEYS, term } from '../../../core/records/query.ts';
import { attempt } from '../../app/client.ts';
import type { Command } from '../../app/commands.ts';
import { api } from '../../app/engine.ts';
import { useDebounced } from '../../app/hooks.ts';
import { openRuns } from '../../state/agents.ts';
import { useAgentsStore } from '../../state/agents-overview.ts';
import { formatCount, formatCounted, formatMoney } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { loggedTime } from '../runs/days.ts';
import { recordTitle } from '../runs/Figure.tsx';
import { openRecord } from '../runs/open.ts';
import type { PaletteQuery } from './match.ts';

/** Records up to which logs are searched while a person types. Above: once they ask for it. */
const UNASKED = 100_000;
/** How many records are listed; the entry after them leads to all. */
const LISTED = 6;
/** Shorter texts stand in too many records to say anything. */
const LEAST = 2;

type Found = { readonly query: string; readonly rows: readonly RecordRow[]; readonly total: number };

/** The records that hold what was typed, or are of the run with that id, and the way to all of them. */
export function useRecordHits(source: string | null, query: PaletteQuery): readonly Command[] {
  const records = useAgentsStore((state) =>
    source === null ? 0 : (state.agents[source]?.value?.records ?? 0),
  );
  const wanted = query.mode === 'all' && query.text.length >= LEAST && records > 0;
  const text = wanted ? queryOf(query.text) : null;
  const asked = useDebounced(text, 180);
  const [found, setFound] = useState<Found | null>(null);
  const searched = records <= UNASKED || asked?.startsWith('run:') === true ? asked : null;
  useEffect(() => {
    if (source === null || searched === null) return undefined;
    const stop = new AbortController();
    const ask = async () => {
      const answer = await attempt(
        api.agents.records(
          { source, query: searched, sort: 'newest', start: 0, count: LISTED },
          { signal: stop.signal },
        ),
      );
      if (!stop.signal.aborted && answer.ok) {
        setFound({ query: searched, rows: answer.value.rows, total: answer.value.total });
      }
    };
    void ask();
    return () => stop.abort();
  }, [source, searched]);

  if (source === null || text === null) return [];
  const hits = found?.query === text ? found : null;
  if (hits?.total === 0) return [];
  const shown = hits?.rows ?? [];
  return [
    ...shown.map((row) => recordCommand(source, row)),
    {
      id: 'search-records',
      group: 'Runs',
      answer: true,
      icon: Rows3,
      label:
        hits === null
          ? `Search ${formatCounted(records, 'record')} for “${query.text}”`
          : `Show ${hits.total === 1 ? 'the record' : `all ${formatCount(hits.total)} records`} with “${query.text}”`,
      run: () => openRuns(source, text),
    },
  ];
}

/** The query that a typed text stands for: its own terms, the id of a run, or else a text to search for. */
export function queryOf(text: string): string {
  if (/^run-\S+$/.test(text)) return term('run', text);
  const keyed = new RegExp(`(?:^|\\s)-?(?:${QUERY_KEYS.join('|')}):\\S`).test(text);
  if (keyed && parseQuery(text).problems.length === 0) return text;
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}

function recordCommand(source: string, row: RecordRow): Command {
  const when = row.ts === null ? '' : loggedTime(row.ts);
  const cost = row.costMicros === null ? '' : formatMoney(row.costMicros);
  return {
    id: `record-${row.id}`,
    group: 'Runs',
    answer: true,
    icon: Rows3,
    label: recordTitle(row).slice(0, 400),
    detail: [visibleText(row.agent), when, cost].filter(Boolean).join(', '),
    run: () => openRecord(source, row),
  };
}
