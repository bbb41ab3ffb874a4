import { describe, expect, it } from 'vitest';
import type { AgentBrief, AgentsOverview } from '../../../contract/fleet.ts';
import type { Source } from '../../../contract/workspace.ts';
import { depthOf, FIRST_ROWS, nameOf, namesIn, NO_FOLDS, paneRows, typedRow } from './rows.ts';

const SOURCE: Source = {
  id: 'a',
  kind: 'agents',
  name: 'agents',
  path: '/w/agents',
  state: 'ok',
  summary: '',
  problems: [],
};

const gauge = (agent: string, period: 'day' | 'month') => ({
  agent,
  period,
  spentMicros: 0,
  capMicros: null,
  capFrom: null,
  caps: [],
  action: 'skip',
  fired: false,
  thresholds: [],
  unknown: null,
  query: '',
});

const agent = (name: string): AgentBrief => ({
  name,
  logOnly: false,
  word: 'OK',
  wordWhy: '',
  running: { state: 'idle', how: 'nobody holds its lock', pid: null },
  records: 1,
  badLines: 0,
  lastRun: null,
  today: gauge(name, 'day'),
  month: gauge(name, 'month'),
  health: null,
  notLoaded: 0,
  toAnswer: 0,
  attention: 0,
  goals: null,
  week: [],
  errors24h: { value: 0, query: '' },
  blocked7d: { value: 0, query: '' },
});

const overview = (names: readonly string[]): AgentsOverview => ({
  path: '/w/agents',
  revision: 1,
  today: '2026-06-08',
  single: null,
  firstDay: null,
  lastDay: null,
  records: names.length,
  badLines: 0,
  lastRecordMicros: null,
  agents: names.map(agent),
  cascades: [],
  leftOut: [],
  toAnswer: 0,
  attention: 0,
  health: null,
  spentTodayMicros: 0,
  elsewhere: [],
  notes: [],
});

const rowsOf = (names: readonly string[], folds = NO_FOLDS) =>
  paneRows([SOURCE], {}, folds, {}, { a: overview(names) });

describe('rows of a folder of agents', () => {
  it('views over all agents come first, then each agent; nothing of a repository', () => {
    const rows = rowsOf(['harbor', 'quill']);
    expect(rows.map(nameOf)).toEqual([
      'agents',
      'Costs',
      'Fleet health',
      'Runs',
      'Escalations',
      'Doctor',
      'harbor',
      'quill',
    ]);
    expect(rows.map(depthOf)).toEqual([1, 2, 2, 2, 2, 2, 2, 2]);
    expect(typedRow(rows, 0, 'qu')?.key).toBe('a/agent/quill');
  });

  it('its views are there before the logs were read', () => {
    expect(paneRows([SOURCE], {}, NO_FOLDS).map(({ kind }) => kind)).toEqual([
      'source',
      ...Array.from({ length: 5 }, () => 'page'),
    ]);
  });

  it('looks for names of agents too, and a long list ends in a row that offers the rest', () => {
    expect(rowsOf(['harbor', 'quill'], { ...NO_FOLDS, filter: 'UI' }).map(nameOf)).toEqual([
      'agents',
      'quill',
    ]);
    expect(rowsOf(['harbor'], { ...NO_FOLDS, filter: 'x' })).toEqual([]);
    const many = Array.from({ length: 100 }, (_, index) => `agent-${index}`);
    expect(rowsOf(many).at(-1)).toMatchObject({ kind: 'more', list: 'agents', hidden: 100 - FIRST_ROWS });
    expect(namesIn({}, { a: overview(many) })).toBe(100);
  });
});
