import { describe, expect, it } from 'vitest';
import type { CapGauge } from '../../../contract/costs.ts';
import type { AgentBrief, Attention } from '../../../contract/fleet.ts';
import { readForm } from './kept.ts';
import { needOf, ordered, passes, splitQueue } from './order.ts';

const gauge = (change: Partial<CapGauge> = {}): CapGauge => ({
  agent: 'a',
  period: 'day',
  spentMicros: 0,
  capMicros: null,
  capFrom: null,
  caps: [],
  action: 'skip',
  fired: false,
  thresholds: [],
  unknown: null,
  query: 'agent:a',
  ...change,
});

const agent = (name: string, change: Partial<AgentBrief> = {}): AgentBrief => ({
  name,
  logOnly: false,
  word: 'OK',
  wordWhy: 'It ran within a day.',
  running: { state: 'idle', how: '', pid: null },
  records: 1,
  badLines: 0,
  lastRun: null,
  today: gauge(),
  month: gauge({ period: 'month' }),
  health: { shown: 90, band: 'green' },
  notLoaded: 0,
  toAnswer: 0,
  attention: 0,
  goals: null,
  week: [],
  errors24h: { value: 0, query: '' },
  blocked7d: { value: 0, query: '' },
  ...change,
});

const names = (agents: readonly AgentBrief[]) => agents.map(({ name }) => name);

describe('the order of the monitor', () => {
  const fleet = [
    agent('calm'),
    agent('waits', { toAnswer: 2 }),
    agent('warned', { word: 'WARN', attention: 1 }),
    agent('broken', { word: 'ERROR', health: { shown: 60, band: 'red' } }),
    agent('capped', { today: gauge({ fired: true, spentMicros: 5 }) }),
    agent('blind', { word: 'WARN', month: gauge({ unknown: 'a line is corrupt' }) }),
    agent('logs', { logOnly: true, word: null, health: null }),
    agent('files', { notLoaded: 1 }),
  ];

  it('has what is broken first, then what is stopped, then what waits, and what is well last', () => {
    expect(names(ordered(fleet, 'need', false))).toEqual([
      'broken',
      'blind',
      'warned',
      'capped',
      'waits',
      'logs',
      'files',
      'calm',
    ]);
    expect(needOf(fleet[0]!)).toBe(0);
  });

  it('has the lowest score first and those without one last whichever way', () => {
    const health = ordered(fleet, 'health', false);
    expect(health[0]!.name).toBe('broken');
    expect(health.at(-1)!.name).toBe('logs');
    expect(ordered(fleet, 'health', true).at(-1)!.name).toBe('logs');
  });

  it('sorts names as people do', () => {
    const list = ['agent-10', 'agent-9', 'Bee'].map((name) => agent(name));
    expect(names(ordered(list, 'agent', false))).toEqual(['agent-9', 'agent-10', 'Bee']);
    expect(names(ordered(list, 'agent', true))).toEqual(['Bee', 'agent-10', 'agent-9']);
  });

  it('is narrowed by every word of the search and by the state', () => {
    const [calm, waits, warned] = fleet as [AgentBrief, AgentBrief, AgentBrief];
    expect(passes(calm, 'all', 'CALM day')).toBe(true);
    expect(passes(calm, 'all', 'calm night')).toBe(false);
    expect(passes(calm, 'problems', '')).toBe(false);
    expect(passes(waits, 'answer', '')).toBe(true);
    expect(passes(warned, 'WARN', '')).toBe(true);
    expect(passes(warned, 'ERROR', '')).toBe(false);
    const busy = agent('busy', { running: { state: 'probably', how: 'a pid lives', pid: 7 } });
    expect(passes(busy, 'running', '')).toBe(true);
  });
});

const entry = (state: Attention['state']) => ({ state }) as Attention;

it('puts only what is snoozed aside', () => {
  const { open, aside } = splitQueue([entry('open'), entry('snoozed'), entry('acked')]);
  expect(open.map(({ state }) => state)).toEqual(['open', 'acked']);
  expect(aside).toHaveLength(1);
});

it('keeps what still means something', () => {
  expect(readForm('{"filter":"ERROR","sort":"gone","back":true,"agent":7}')).toMatchObject({
    filter: 'ERROR',
    sort: 'need',
    back: true,
    agent: null,
  });
  expect(readForm('{')).toEqual(readForm(null));
});
