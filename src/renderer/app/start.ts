import { parseLink } from '../../contract/link.ts';
import type { HostInfo } from '../../contract/workspace.ts';
import { useConnection } from '../state/connection.ts';
import { restoreSettings, startSaving } from '../state/persist.ts';
import { followSettings } from '../state/settings.ts';
import { tellSourceChanged, useWorkspaceStore } from '../state/workspace.ts';
import { restoreFolds } from '../features/sources/folds.ts';
import { followHistory } from '../state/history.ts';
import { followDesktop } from './desktop.ts';
import { applyEvent, openFolder } from './engine-events.ts';
import { api, client } from './engine.ts';
import { openTarget } from './links.ts';
import { followEdits } from './edits.ts';
import { followUnsaved } from './unsaved-notice.ts';
import { followErrors } from './error-log.ts';
import { followLooks } from './kept-looks.ts';
import { followRuns } from './kept-runs.ts';
import { followMerges } from './merges.ts';
import { followOperations } from './operations.ts';
import { followTitle } from './window-title.ts';

/**
 * Starts the window: theme, connection, the person's settings, the folder that the command named. After a broken
 * connection the open folder is opened again, since the engine may be another one.
 */
export function start(): void {
  followErrors();
  followSettings();
  followHistory();
  followOperations();
  followMerges();
  followUnsaved();
  followEdits();
  followRuns();
  followLooks();
  followFolder();
  followTitle();
  followDesktop();
  window.vekscopeHost?.onFolder?.((target) => void openTarget(target));
  let connected = false;
  let first = true;
  useConnection.subscribe(({ connection }) => {
    const now = connection.state === 'connected';
    if (now && !connected) {
      void (first ? begin() : resume());
      first = false;
    }
    connected = now;
  });
  client.connect();
}

async function begin(): Promise<void> {
  try {
    const [host, state] = await Promise.all([api.app.info(), api.app.loadState()]);
    restoreSettings(state);
    restoreFolds();
    startSaving();
    useConnection.setState({ host });
    void listen();
    const target = startTarget(host);
    if (target !== null) await openTarget(target);
  } catch {
    // The connection broke before the first answer; the next one begins again.
    useConnection.setState({ host: null });
  }
}

const FOLDER = 'vekscope-folder';

/** What to open at start: the folder of this tab before a reload, else what the command named; null: Welcome. */
function startTarget(host: HostInfo): string | null {
  const target = window.sessionStorage.getItem(FOLDER) ?? host.initial;
  return target === '' ? null : target;
}

/** The folder of that; null: none. */
export function startFolder(host: HostInfo): string | null {
  const target = startTarget(host);
  return target === null ? null : (parseLink(target)?.path ?? target);
}

function followFolder(): void {
  useWorkspaceStore.subscribe(({ workspace }, before) => {
    if (workspace !== before.workspace) window.sessionStorage.setItem(FOLDER, workspace?.path ?? '');
  });
}

async function resume(): Promise<void> {
  if (useConnection.getState().host === null) {
    await begin();
    return;
  }
  void listen();
  const open = useWorkspaceStore.getState().workspace;
  if (open === null || !(await openFolder(open.path))) return;
  // what was asked of the engine before got no answer: every view asks again
  for (const { id } of open.sources) tellSourceChanged(id);
}

async function listen(): Promise<void> {
  try {
    for await (const event of await api.workspace.events()) applyEvent(event);
  } catch {
    // The stream ends with its connection, which says so itself and listens again.
  }
}
