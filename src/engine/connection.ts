import { basename } from 'node:path';
import type { EngineEvent, Source, Workspace } from '../contract/workspace.ts';
import { thrown } from '../core/log/frames.ts';
import type { Log } from '../core/log/log.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { inspectFolder, type FoundStore } from '../core/workspace/inspect.ts';
import { createLinks, type Links } from './agents/links.ts';
import type { LedgerSession } from './aex/session.ts';
import type { AgentsSession } from './agents/session.ts';
import { createChannel } from './channel.ts';
import { folderOf } from './folder-of.ts';
import type { EngineOptions } from './options.ts';
import { logsOf, rememberRecent, updateRecent, type RecentFacts } from './recents.ts';
import { isInsideRoots } from './roots.ts';
import type { Session, SessionPool } from './session-pool.ts';
import type { VekSession } from './vek-session.ts';

/** One window: the workspace it shows, and the events it hears. */
export type Connection = {
  /** Opens a folder, or a file that is a ledger, in place of what was shown before. Of two that are opened at once the later one is shown. */
  open(path: string): Promise<Result<Workspace>>;
  source(id: string): VekSession | null;
  agents(id: string): AgentsSession | null;
  ledger(id: string): LedgerSession | null;
  /** what leads from one source shown here to another */
  readonly links: Links;
  events(signal?: AbortSignal): AsyncGenerator<EngineEvent, void, void>;
  close(): void;
};

/** How long after a change the list of folders is renewed, so that a recording does not rewrite it for every call, in ms. */
const RENEW_MS = 3000;

const factsOf = (sources: readonly Source[]): Omit<RecentFacts, 'stores'> => ({
  summary: sources.map((source) => source.summary).join(', '),
  damaged: sources.some((source) => source.state === 'damaged' || source.state === 'unreadable'),
});

/** Where it shows that a store is written to: its database, or the logs of its agents. */
function writtenPlaces(store: FoundStore): string[] {
  if (store.kind !== 'agents') return [store.paths.db];
  return store.root.agents.map(({ dir }) => logsOf(dir));
}

/** Makes the state of one window; its sources are shared with other windows through `pool`. */
export function createConnection(pool: SessionPool, options: EngineOptions, log: Log): Connection {
  const channel = createChannel<EngineEvent>();
  let held: { session: Session; release: () => void }[] = [];
  let shown: string | null = null;
  let renewal: NodeJS.Timeout | null = null;

  /** Keeps the list of folders true to what the open one holds by now. */
  function renewRecent(): void {
    if (renewal !== null) clearTimeout(renewal);
    renewal = null;
    if (shown === null) return;
    const sources = held.map(({ session }) => session.describe());
    try {
      updateRecent(options, shown, factsOf(sources));
    } catch (error) {
      log.fault('recents-not-saved', thrown(error));
    }
  }

  function hear(event: EngineEvent): void {
    channel.publish(event);
    if (event.type !== 'source-state' || renewal !== null) return;
    renewal = setTimeout(renewRecent, RENEW_MS);
    renewal.unref();
  }

  function releaseAll(): void {
    if (renewal !== null) renewRecent();
    for (const { release } of held) release();
    held = [];
  }

  const sessionOf = (id: string): Session | undefined =>
    held.find(({ session }) => session.id === id)?.session;

  async function open(path: string): Promise<Result<Workspace>> {
    const folder = folderOf(path, options.roots);
    if (!folder.ok) return folder;
    if (!isInsideRoots(options.roots, folder.value)) {
      return fail(
        'refused',
        `This server was not started with ${folder.value}.`,
        `Start it with that folder: vekscope open ${folder.value}`,
      );
    }
    const inspected = inspectFolder(folder.value);
    if (!inspected.ok) return inspected;
    const { stores, notes } = inspected.value;
    const allowed = stores.filter((store) => isInsideRoots(options.roots, store.path));
    if (allowed.length === 0) {
      return fail(
        'not-a-repository',
        `Nothing that Vekscope can show was found in ${folder.value}.`,
        'Open a folder that holds a .vek repository (the Python tool makes one with: vek init), agents (folders with a model.md), or a ledger of AEX (aex.db).',
      );
    }
    const begun = performance.now();
    const next = allowed.map((store) => pool.acquire(store, hear));
    releaseAll();
    held = next;
    shown = folder.value;
    const opened = await Promise.all(next.map(({ session }) => session.opened));
    if (held !== next) {
      return fail(
        'cancelled',
        `${folder.value} was left again before it was read.`,
        'Open it once more to see it.',
      );
    }
    const workspace: Workspace = {
      id: folder.value,
      name: basename(folder.value) || folder.value,
      path: folder.value,
      sources: next.map(({ session }) => session.describe()),
      messages: [...notes, ...opened.flat()],
    };
    for (const { kind, state, problems } of workspace.sources) {
      log.write('info', 'opened', {
        kind,
        state,
        problems: problems.length,
        ms: Math.round(performance.now() - begun),
      });
    }
    rememberRecent(options, folder.value, {
      ...factsOf(workspace.sources),
      stores: allowed.flatMap(writtenPlaces),
    });
    return ok(workspace);
  }

  return {
    open,
    source(id) {
      const found = sessionOf(id);
      return found?.kind === 'vek' ? found : null;
    },
    agents(id) {
      const found = sessionOf(id);
      return found?.kind === 'agents' ? found : null;
    },
    ledger(id) {
      const found = sessionOf(id);
      return found?.kind === 'aex' ? found : null;
    },
    links: createLinks(() => held.map(({ session }) => session)),
    events: (signal) => channel.subscribe(signal),
    close() {
      releaseAll();
      channel.close();
    },
  };
}
