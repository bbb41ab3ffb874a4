import { beforeEach, describe, expect, it } from 'vitest';
import { closeTab, cycleTab, moveTab, openNodeTab, openTab, placeTab, tabId, useTabs } from './tabs.ts';

const ids = () => useTabs.getState().tabs.map(tabId);
const active = () => useTabs.getState().active;

beforeEach(() => {
  useTabs.setState({ tabs: [], active: null });
  openTab({ kind: 'graph', source: 's' });
  openNodeTab('s', 'aa', 'search');
  openTab({ kind: 'integrity', source: 's' });
});

describe('tabs', () => {
  it('a view opens once', () => {
    openTab({ kind: 'graph', source: 's' });
    expect(ids()).toEqual(['graph:s', 'node:s:aa', 'integrity:s']);
    expect(active()).toBe('graph:s');
  });

  it('closing the one in front goes to its right neighbour, else to its left one', () => {
    useTabs.setState({ active: 'node:s:aa' });
    closeTab('node:s:aa');
    expect(active()).toBe('integrity:s');
    closeTab('integrity:s');
    expect(active()).toBe('graph:s');
    closeTab('graph:s');
    expect(active()).toBeNull();
  });

  it('closing another one keeps the one in front', () => {
    closeTab('graph:s');
    expect(active()).toBe('integrity:s');
  });

  it('moves within the ends and goes around them', () => {
    moveTab('integrity:s', -5);
    expect(ids()).toEqual(['integrity:s', 'graph:s', 'node:s:aa']);
    cycleTab(-1);
    expect(active()).toBe('node:s:aa');
    cycleTab(1);
    expect(active()).toBe('integrity:s');
  });

  it('is put before or behind another one', () => {
    placeTab('graph:s', 'integrity:s', 'behind');
    expect(ids()).toEqual(['node:s:aa', 'integrity:s', 'graph:s']);
    placeTab('graph:s', 'node:s:aa', 'before');
    expect(ids()).toEqual(['graph:s', 'node:s:aa', 'integrity:s']);
    placeTab('graph:s', 'gone', 'before');
    placeTab('graph:s', 'graph:s', 'behind');
    expect(ids()).toEqual(['graph:s', 'node:s:aa', 'integrity:s']);
  });

  it('beyond the most tabs the oldest call gives way, never the graph', () => {
    for (let index = 0; index < 40; index += 1) openNodeTab('s', `h${index}`, 'shell');
    expect(ids()).toHaveLength(30);
    expect(ids()).toContain('graph:s');
    expect(ids()).not.toContain('node:s:aa');
    expect(active()).toBe('node:s:h39');
  });
});
