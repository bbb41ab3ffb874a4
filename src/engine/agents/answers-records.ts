import { exportRecords } from '../../core/agents/export/records.ts';
import { recordDetail } from '../../core/agents/records/detail.ts';
import { facets } from '../../core/agents/records/facets.ts';
import { runTree } from '../../core/agents/records/tree.ts';
import { locateRecord, recordWindow } from '../../core/agents/records/window.ts';
import { ok } from '../../core/result.ts';
import type { WithScene } from './answers.ts';
import type { AgentsSession } from './session.ts';

type Answers = Pick<
  AgentsSession['answers'],
  'records' | 'locate' | 'facets' | 'record' | 'tree' | 'badLines' | 'exportRecords'
>;

/** Records, by query or by id; `records/match.ts` keeps the last queries itself. */
export function answersAboutRecords(withScene: WithScene): Answers {
  return {
    records: ({ query, sort, start, count }) =>
      withScene(({ store }) => ok(recordWindow(store, query, sort, start, count))),
    locate: ({ query, sort, id }) => withScene(({ store }) => ok(locateRecord(store, query, sort, id))),
    facets: ({ query, key }) => withScene(({ tables }) => ok(facets(tables, query, key))),
    record: ({ id }) => withScene(({ store }) => recordDetail(store, id)),
    tree: ({ id }) => withScene(({ store }) => runTree(store, id)),
    badLines: ({ agent }) => withScene(({ store }) => ok(store.badLines(agent))),
    exportRecords: ({ query, sort, form }, signal) =>
      withScene(async ({ store }) => {
        const pieces = await exportRecords(store, query, sort, form, signal);
        return pieces.ok ? ok(new Blob([...pieces.value])) : pieces;
      }),
  };
}
