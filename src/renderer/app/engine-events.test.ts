// @vitest-environment happy-dom
import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { Workspace } from '../../contract/workspace.ts';
import { clearHistory, followHistory, goBack, useHistory } from '../state/history.ts';
import { openNodeTab, useTabs } from '../state/tabs.ts';
import { useWorkspaceStore } from '../state/workspace.ts';
import { leaveWorkspace, openFolder } from './engine-events.ts';

const opening = vi.hoisted(() => new Map<string, (answer: unknown) => void>());
vi.mock('./engine.ts', () => ({
  api: {
    workspace: {
      open: ({ path }: { readonly path: string }) =>
        new Promise((settle) => {
          opening.set(path, settle);
        }),
    },
    vek: { overview: () => new Promise(() => undefined) },
    operations: { list: () => new Promise(() => undefined) },
  },
}));

const workspace = (path: string): Workspace => ({
  id: path,
  name: path.slice(1),
  path,
  sources: [
    {
      id: `vek-${path}`,
      kind: 'vek',
      name: path,
      path: `${path}/.vek`,
      state: 'ok',
      summary: '',
      problems: [],
    },
  ],
  messages: [],
});
const cancelled = {
  ok: false,
  error: { kind: 'cancelled', message: 'It was left again.', hint: 'Open it once more.' },
};

beforeAll(followHistory);
beforeEach(() => {
  leaveWorkspace();
  clearHistory();
  opening.clear();
});

it('of two folders that are opened at once the later one is shown, and no failure is told of the other', async () => {
  const first = openFolder('/a');
  const second = openFolder('/b');
  opening.get('/a')?.(cancelled);
  expect(await first).toBe(false);
  expect(useWorkspaceStore.getState()).toMatchObject({ opening: '/b', openFailure: null });
  opening.get('/b')?.({ ok: true, value: workspace('/b') });
  expect(await second).toBe(true);
  expect(useWorkspaceStore.getState()).toMatchObject({
    workspace: { path: '/b' },
    opening: null,
    openFailure: null,
  });
});

it('the other one is also left alone when its answer comes last', async () => {
  const first = openFolder('/a');
  const second = openFolder('/b');
  opening.get('/b')?.({ ok: true, value: workspace('/b') });
  await second;
  opening.get('/a')?.(cancelled);
  expect(await first).toBe(false);
  expect(useWorkspaceStore.getState()).toMatchObject({ workspace: { path: '/b' }, openFailure: null });
});

it('back does not lead into a workspace that was left', async () => {
  const opened = openFolder('/a');
  opening.get('/a')?.({ ok: true, value: workspace('/a') });
  await opened;
  openNodeTab('vek-/a', 'ab', 'search');
  openNodeTab('vek-/a', 'cd', 'search');
  expect(useHistory.getState().past).not.toEqual([]);
  leaveWorkspace();
  goBack();
  expect(useTabs.getState().tabs).toEqual([]);
});
