import { useState } from 'react';
import type { FileEdit } from '../../../../contract/edits.ts';
import { toDecisions } from '../../../../core/merge/session-decisions.ts';
import { attempt } from '../../../app/client.ts';
import { changeSet, keepNow } from '../../../app/edits.ts';
import { api } from '../../../app/engine.ts';
import { askEdit } from '../../../state/edit-form.ts';
import { editsOf, LOOSE } from '../../../state/edits.ts';
import { closeTab, tabId } from '../../../state/tabs.ts';
import { toast, toastFailure } from '../../../state/toasts.ts';
import { announce } from '../../../ui/announce.ts';
import { formatCounted } from '../../../ui/format.ts';
import { openChanges } from '../../agent/open-changes.ts';
import { openFileOf } from '../../agent/open-file.ts';
import { readMerge } from '../state/load.ts';
import { workOf } from '../state/work.ts';

/** Puts the resolved edits in the place of those of the set, and goes on to saving them. Nothing is written by it. */
export function useEditsResult(key: string): { readonly busy: boolean; readonly finish: () => void } {
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    await putBack(key);
    setBusy(false);
  };
  return {
    busy,
    finish: () => {
      if (!busy) void run();
    },
  };
}

async function putBack(key: string): Promise<void> {
  const work = workOf(key);
  if (work === null || work.loaded === null || work.about.kind !== 'edits') return;
  const { source } = work;
  const { set } = work.about;
  const { merge, session, edits } = work.loaded;
  const made = await attempt(api.edits.mergeResult({ source, merge, decisions: [...toDecisions(session)] }));
  if (!made.ok) {
    toastFailure(made.error);
    await readMerge(key);
    return;
  }
  if (!stillThere(source, set, edits)) {
    announce('Your edits have changed meanwhile: look again');
    await readMerge(key);
    return;
  }
  const byPath = new Map(made.value.map((edit) => [edit.path, edit]));
  const merged = new Set(edits.map(({ path }) => path));
  changeSet(source, set, (all) =>
    all.flatMap((edit) => {
      if (!merged.has(edit.path)) return [edit];
      const next = byPath.get(edit.path);
      return next === undefined ? [] : [next];
    }),
  );
  await keepNow(source);
  goOn(source, set, made.value, edits);
}

/** Whether the set has the edits that were merged, as they were merged. */
function stillThere(source: string, id: string, edits: readonly FileEdit[]): boolean {
  const set = editsOf(source).sets.find((one) => one.id === id);
  return edits.every((edit) =>
    set?.edits.some(({ path, base, text }) => path === edit.path && base === edit.base && text === edit.text),
  );
}

/** To the dialog that writes them and then to their file, or back to the changes of a named set. */
function goOn(source: string, set: string, made: readonly FileEdit[], edits: readonly FileEdit[]): void {
  const count = edits.length;
  const close = () => {
    closeTab(tabId({ kind: 'file-merge', source, set }));
    const [first] = edits;
    // a person goes on where the conflict came up, whatever tab stands beside the one that closes
    if (set === LOOSE && first !== undefined) openFileOf(source, first.path, 'edit');
  };
  if (made.length === 0) {
    close();
    toast({
      kind: 'note',
      title: 'Nothing is left to save',
      text: `${formatCounted(count, 'file')} ${count === 1 ? 'stands' : 'stand'} on disk as you chose.`,
    });
    return;
  }
  if (set !== LOOSE) {
    close();
    openChanges(source);
    announce(`${formatCounted(made.length, 'file')} resolved: your change set has the result`);
    return;
  }
  // the view behind the dialog stays as it is until the result is written, so that nothing takes the keys from it
  askEdit({ source, change: { do: 'save', edits: [...made], label: null }, done: close });
}
