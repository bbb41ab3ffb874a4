import { formatLink, looksLikeLink, parseLink, type CallLink } from '../../contract/link.ts';
import type { Source, Workspace } from '../../contract/workspace.ts';
import { revealCall } from '../state/selection.ts';
import { openGraph } from '../state/tabs.ts';
import { toast, toastFailure } from '../state/toasts.ts';
import { useWorkspaceStore } from '../state/workspace.ts';
import { attempt } from './client.ts';
import { openFolder } from './engine-events.ts';
import { api } from './engine.ts';

/** The folder that a link to a call of this source names: the one that holds its `.vek`. */
export const linkFolder = (source: Source): string =>
  source.path.replace(/(?<=[^\\/])[\\/]\.vek$/, '').replace(/^([\\/])\.vek$/, '$1');

/** The link to a call of the open workspace; null where it can have none, see `formatLink`. */
export function linkTo(source: string, hash: string): string | null {
  const known = useWorkspaceStore.getState().workspace?.sources.find(({ id }) => id === source);
  return known === undefined ? null : formatLink({ path: linkFolder(known), hash });
}

/** The source of a workspace in which the call of a link is to be looked for. */
export const sourceOfLink = (workspace: Workspace | null, { path }: CallLink): Source | null =>
  workspace?.sources.find(
    (source) => source.kind === 'vek' && (linkFolder(source) === path || source.path === path),
  ) ?? null;

/** Opens what a start, a drop or another program names: a folder, or a link to a call. */
export async function openTarget(text: string): Promise<void> {
  if (!looksLikeLink(text)) await openFolder(text);
  else await openLink(text);
}

/** Goes to the call of a link, in the open workspace or in the folder that the link names, where it may be opened. */
export async function openLink(text: string): Promise<void> {
  const link = parseLink(text);
  if (link === null) {
    toast({
      kind: 'error',
      title: 'This is not a whole link to a call.',
      text: 'Copy it again with “Copy link”: it has the folder, a # and 64 digits.',
    });
    return;
  }
  const { getState } = useWorkspaceStore;
  if (sourceOfLink(getState().workspace, link) === null && !(await openFolder(link.path))) {
    const failure = getState().openFailure;
    if (failure !== null) toastFailure(failure.error);
    return;
  }
  const { workspace } = getState();
  // a link through another name of the folder opens it too; its first store is then the one
  const source = sourceOfLink(workspace, link) ?? workspace?.sources.find(({ kind }) => kind === 'vek');
  if (source !== undefined) await goTo(source.id, link.hash);
  else toast({ kind: 'error', title: 'There is no repository in this folder, so no call to go to.' });
}

async function goTo(source: string, hash: string): Promise<void> {
  const found = await attempt(api.vek.locate({ source, view: { filter: '', focus: [] }, hash }));
  openGraph(source);
  if (found.ok) revealCall(source, found.value.hash);
  else toastFailure(found.error);
}
