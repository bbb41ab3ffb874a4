import type { VekOverview } from '../../../../contract/vek.ts';
import { useEditsStore } from '../../../state/edits.ts';
import { useMergeForm } from '../../../state/merge-form.ts';
import { tabId, useTabs } from '../../../state/tabs.ts';
import { useWorkspaceStore, type OverviewState } from '../../../state/workspace.ts';
import { keepNow, keepSoon } from './keep.ts';
import { readMerge } from './load.ts';
import { dropWorks, patchWork, useWorks, workKey, type Work } from './work.ts';

/** Reads merges again when their branches move, and lets go of those whose tabs were closed. */
function follow(): void {
  useWorkspaceStore.subscribe(({ overviews, workspace }, before) => {
    if (overviews !== before.overviews) {
      for (const [key, work] of Object.entries(useWorks.getState().works)) {
        const now: OverviewState | undefined = overviews[work.source];
        if (now !== undefined && now !== before.overviews[work.source]) lookAtTips(key, work, now.value);
      }
    }
    if (workspace?.id !== before.workspace?.id) letGo(() => true);
  });
  // nothing may wait to be kept when a person confirms that it is to be forgotten
  useMergeForm.subscribe(({ abandon }) => {
    if (abandon !== null) void keepNow(workKey(abandon.source, abandon.into, abandon.from));
  });
  useTabs.subscribe(({ tabs }, before) => {
    if (tabs === before.tabs) return;
    const open = new Set(tabs.map(tabId));
    letGo(({ source, about }) =>
      about.kind === 'branches'
        ? !open.has(tabId({ ...about, kind: 'merge', source }))
        : !open.has(tabId({ kind: 'file-merge', source, set: about.set })),
    );
  });
  // a set was typed in, or one of its files was written by another program once more
  useEditsStore.subscribe(({ bySource }, before) => {
    for (const [key, { source, about }] of Object.entries(useWorks.getState().works)) {
      if (about.kind === 'edits' && bySource[source]?.sets !== before.bySource[source]?.sets) {
        readSoon(key);
      }
    }
  });
}

/** How long typing in another tab rests before its set is compared with the disk again, in ms. */
const REST_MS = 300;
const waiting = new Map<string, number>();

function readSoon(key: string): void {
  window.clearTimeout(waiting.get(key));
  waiting.set(
    key,
    window.setTimeout(() => {
      waiting.delete(key);
      void readMerge(key);
    }, REST_MS),
  );
}

function letGo(gone: (work: Work) => boolean): void {
  const { works } = useWorks.getState();
  for (const [key, work] of Object.entries(works)) if (gone(work)) void keepNow(key);
  if (Object.values(works).some(gone)) dropWorks(gone);
}

function lookAtTips(key: string, work: Work, overview: VekOverview | null): void {
  if (overview === null || work.loaded === null || work.about.kind === 'edits') return;
  const { into, from } = work.loaded.tips;
  const tips = { into: tipOf(overview, into.name), from: tipOf(overview, from.name) };
  const same = tips.into === into.tip && tips.from === from.tip;
  if (work.written !== null) {
    // the merge was undone: everything is as it was before it
    if (!same) return;
    patchWork(key, { written: null });
    keepSoon(key);
    return;
  }
  if (!same || work.error !== null) void readMerge(key);
}

/** Where a branch, tag or checkpoint is; null where it is gone. */
export function tipOf(overview: VekOverview, name: string): string | null {
  const refs = [...overview.branches, ...overview.tags, ...overview.checkpoints];
  return refs.find((ref) => ref.name === name)?.hash ?? null;
}

follow();
