import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { clearHistory, followHistory, goBack, goForward, useHistory } from './history.ts';
import { clearSelection, getSelection, revealCall, select } from './selection.ts';
import { openRuns, runsOf, setRuns } from './runs.ts';
import { closeTab, openGraph, openNodeTab, useTabs } from './tabs.ts';

const place = () => [useTabs.getState().active, getSelection()?.hash ?? null];
const lengths = () => [useHistory.getState().past.length, useHistory.getState().future.length];

beforeAll(followHistory);
beforeEach(() => {
  clearSelection();
  useTabs.setState({ tabs: [], active: null });
  clearHistory();
  openGraph('s');
});

it('walking along rows is no place, a jump and a change of the tab are', () => {
  select('s', 'a');
  select('s', 'b');
  expect(lengths()).toEqual([0, 0]);
  revealCall('s', 'c');
  openNodeTab('s', 'c', 'search');
  expect(lengths()).toEqual([2, 0]);
});

it('back leads to where a jump began, forward to where it led', () => {
  select('s', 'a');
  select('s', 'b');
  revealCall('s', 'far');
  openNodeTab('s', 'far', 'search');
  goBack();
  expect(place()).toEqual(['graph:s', 'far']);
  goBack();
  expect(place()).toEqual(['graph:s', 'b']);
  expect(lengths()).toEqual([0, 2]);
  goBack();
  expect(place()).toEqual(['graph:s', 'b']);
  goForward();
  goForward();
  expect(place()).toEqual(['node:s:far', 'far']);
  goForward();
  expect(lengths()).toEqual([2, 0]);
});

it('a new jump ends the way forward', () => {
  revealCall('s', 'a');
  revealCall('s', 'b');
  goBack();
  expect(lengths()).toEqual([1, 1]);
  revealCall('s', 'c');
  expect(lengths()).toEqual([2, 0]);
});

it('a closed tab is opened again on the way back', () => {
  openNodeTab('s', 'a', 'search');
  closeTab('node:s:a');
  expect(useTabs.getState().tabs).toHaveLength(1);
  goBack();
  expect(place()[0]).toBe('node:s:a');
});

it('keeps a hundred places', () => {
  for (let i = 0; i < 150; i++) revealCall('s', String(i));
  expect(lengths()).toEqual([100, 0]);
  for (let i = 0; i < 120; i++) goBack();
  expect(place()).toEqual(['graph:s', '49']);
});

it('what was asked of the runs is a place, once it stands still or is left', () => {
  vi.useFakeTimers();
  openRuns('a', 'agent:quill');
  expect(lengths()).toEqual([1, 0]);
  setRuns('a', { query: 'agent:q' });
  vi.advanceTimersByTime(300);
  setRuns('a', { query: 'agent:qu is:failed' });
  expect(lengths()).toEqual([1, 0]);
  vi.advanceTimersByTime(2000);
  expect(lengths()).toEqual([2, 0]);
  setRuns('a', { query: 'model:x' });
  openGraph('s');
  expect(lengths()).toEqual([4, 0]);
  goBack();
  expect(runsOf('a').query).toBe('model:x');
  goBack();
  goBack();
  expect(runsOf('a').query).toBe('agent:quill');
  goForward();
  expect(runsOf('a').query).toBe('agent:qu is:failed');
  vi.useRealTimers();
});
