import { useEffect, useState } from 'react';
import type { GraphRow } from '../../../contract/vek.ts';
import { attempt } from '../../app/client.ts';
import type { Command } from '../../app/commands.ts';
import { api } from '../../app/engine.ts';
import { useDebounced } from '../../app/hooks.ts';
import { openGraph, openNodeTab } from '../../state/tabs.ts';
import { useOverview } from '../../state/workspace.ts';
import { useSettings } from '../../state/settings.ts';
import { formatCount, formatCounted, formatDay, shortHash } from '../../ui/format.ts';
import { TOOL_ICONS } from '../graph/icon-masks.tsx';
import { graphOf, setGraphView } from '../graph/sources.ts';
import { goToCall } from '../sources/row-actions.ts';
import { filterOf } from './filter-of.ts';
import type { PaletteQuery } from './match.ts';

/** Calls up to which a repository is searched while a person types. Above: once they ask for it. */
const UNASKED = 20_000;
/** How many calls are listed; the entry after them leads to all. */
const LISTED = 7;
/** Shorter texts stand in too many calls to say anything. */
const LEAST = 2;

type Found = { readonly filter: string; readonly rows: readonly GraphRow[]; readonly total: number };

/** The calls whose tool, input or output holds what was typed, and the way to all of them. */
export function useCalls(source: string | null, query: PaletteQuery): readonly Command[] {
  const calls = useOverview(source).value?.counts.nodes ?? 0;
  const zone = useSettings((state) => state.time);
  const wanted = query.mode === 'all' && query.text.length >= LEAST && calls > 0;
  const filter = wanted ? filterOf(query.text) : null;
  const asked = useDebounced(filter, 180);
  const [found, setFound] = useState<Found | null>(null);
  const searched = calls <= UNASKED ? asked : null;
  useEffect(() => {
    if (source === null || searched === null) return undefined;
    const stop = new AbortController();
    const ask = async () => {
      const view = { filter: searched, focus: [] };
      const answer = await attempt(
        api.vek.rows({ source, view, start: 0, count: LISTED }, { signal: stop.signal }),
      );
      if (!stop.signal.aborted && answer.ok) {
        setFound({ filter: searched, rows: answer.value.rows, total: answer.value.total });
      }
    };
    void ask();
    return () => stop.abort();
  }, [source, searched]);

  if (source === null || filter === null) return [];
  const hits = found?.filter === filter ? found : null;
  if (hits?.total === 0) return [];
  const shown = hits?.rows ?? [];
  return [
    ...shown.map((row) => callCommand(source, row, zone)),
    {
      id: 'search-calls',
      group: 'Calls',
      answer: true,
      label:
        hits === null
          ? `Search ${formatCounted(calls, 'call')} for “${query.text}”`
          : `Show ${hits.total === 1 ? 'the call' : `all ${formatCount(hits.total)} calls`} with “${query.text}” in the graph`,
      run: () => {
        openGraph(source);
        setGraphView(source, { ...graphOf(source).get().view, filter }, null);
      },
    },
  ];
}

function callCommand(source: string, row: GraphRow, zone: string): Command {
  const { input, output } = row.summary;
  const time = row.timeMicros === null ? row.timestamp : formatDay(row.timeMicros, Date.now() * 1000, zone);
  return {
    id: `call-${row.hash}`,
    group: 'Calls',
    answer: true,
    icon: TOOL_ICONS[row.summary.kind],
    label: [row.tool, input, output === '' ? '' : `→ ${output}`].filter(Boolean).join(' ').slice(0, 400),
    detail: `${shortHash(row.hash)}, ${time}`,
    run: () => goToCall(source, row.hash),
    runInTab: () => openNodeTab(source, row.hash, row.tool),
  };
}
