import { create } from 'zustand';
import type { Edit } from '../../../contract/edits.ts';

/** What a file was before a write of this window, and is since: hashes. */
export type Settled = { readonly before: string | null; readonly after: string | null };

type Slice = { readonly bySource: Readonly<Record<string, Readonly<Record<string, Settled>>>> };

/** Files that were just written, until their new text has been read. */
const useSettledStore = create<Slice>(() => ({ bySource: {} }));

/** Notes what a write made of files, so that their former texts are not shown for a moment. */
export function noteSettled(source: string, files: Edit['files']): void {
  useSettledStore.setState(({ bySource }) => ({
    bySource: {
      ...bySource,
      [source]: {
        ...bySource[source],
        ...Object.fromEntries(files.map(({ path, before, after }) => [path, { before, after }])),
      },
    },
  }));
}

/** The new text of a file has come. */
export function forgetSettled(source: string, path: string): void {
  useSettledStore.setState(({ bySource }) => {
    const { [path]: _gone, ...others } = bySource[source] ?? {};
    return { bySource: { ...bySource, [source]: others } };
  });
}

export const useSettled = (source: string, path: string): Settled | null =>
  useSettledStore(({ bySource }) => bySource[source]?.[path] ?? null);
