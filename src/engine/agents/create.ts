import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { EngineEvent, Source, SourceState } from '../../contract/workspace.ts';
import { editContext } from '../../core/agents/edit/context.ts';
import { recoverEdits } from '../../core/agents/write/recover.ts';
import { thrown } from '../../core/log/frames.ts';
import type { Log } from '../../core/log/log.ts';
import { ok } from '../../core/result.ts';
import type { FoundAgents } from '../../core/workspace/inspect.ts';
import { watchAgents } from '../../core/workspace/watch-agents.ts';
import type { EngineOptions } from '../options.ts';
import { answersAboutEdits } from './answers-edits.ts';
import { createAnswers, sceneOf } from './answers.ts';
import { createAgentsLive, type AgentsState } from './live.ts';
import type { AgentsSession } from './session.ts';
import { createSeen } from './seen.ts';
import { summaryLine } from './summary.ts';

/** How long opening waits for the first reading: a small folder is there with the window, a large one follows. */
const OPEN_MS = 200;
/** How often it is looked who runs: a run that ends changes no file, in ms. */
const WHO_RUNS_MS = 1_000;
/** How often it is looked whether an unfinished line has become a torn one, in ms. */
const AGE_MS = 5_000;

/** What is so with a folder of agents, in one word. Odd files are the doctor's matter, and no damage. */
export function stateOf({ failure, scene }: Pick<AgentsState, 'failure' | 'scene'>): SourceState {
  switch (failure?.kind) {
    case undefined:
      return scene === null ? 'loading' : 'ok';
    case 'not-found':
      return 'gone';
    case 'cancelled':
      return 'stopped';
    default:
      return 'unreadable';
  }
}

/** Opens a root of agents. Nothing is read before `opened`, and nothing is written but by a plan. */
export function createAgentsSession(
  store: FoundAgents,
  options: EngineOptions,
  log: Log,
  hear: (event: EngineEvent) => void,
): AgentsSession {
  const id = `agents-${createHash('sha256').update(store.path).digest('hex').slice(0, 12)}`;
  const begun = performance.now();
  let toldState: string | null = null;
  let loggedRead: string | null = null;
  const watching = watchAgents(store.root, (change) => live.changed(change));
  const seen = createSeen(options.dataDir, () => hear({ type: 'edits-changed', source: id }));
  const live = createAgentsLive(store.root, options.dataDir, {
    changed() {
      const { scene } = live.now();
      if (scene !== null) seen.look(scene);
      hear({ type: 'source-changed', source: id, revision: live.now().revision });
      logRead();
      tellState();
    },
    progress: (done, total) => hear({ type: 'progress', source: id, work: 'records', done, total }),
    agents: (root) => watching.sync(root),
    fault: (error) => log.fault('agents-not-read', thrown(error)),
  });
  const withScene = sceneOf(live);
  const absolute = (path: string): string => join(store.root.path, path);
  const timers = [setInterval(() => live.lookWhoRuns(), WHO_RUNS_MS), setInterval(() => live.age(), AGE_MS)];
  for (const timer of timers) timer.unref();

  /** Notes the first reading, and each way in which the folder can't be read. */
  function logRead(): void {
    const { scene, failure } = live.now();
    const told = failure?.kind ?? (scene === null ? null : 'read');
    if (told === null || told === loggedRead) return;
    loggedRead = told;
    const ms = Math.round(performance.now() - begun);
    if (failure !== null) log.write('warn', 'unreadable', { failure: failure.kind, ms });
    else if (scene !== null) {
      const records = scene.tables.agents.reduce((sum, { count }) => sum + count, 0);
      log.write('info', 'read', { agents: scene.root.agents.length, records, ms });
    }
  }

  function describe(): Source {
    const { scene, failure } = live.now();
    return {
      id,
      kind: 'agents',
      name: store.name,
      path: store.path,
      state: stateOf(live.now()),
      summary: failure?.message ?? (scene === null ? 'being read' : summaryLine(scene)),
      problems: [],
    };
  }

  function tellState(): void {
    const source = describe();
    const text = JSON.stringify([source.state, source.summary]);
    if (text === toldState) return;
    toldState = text;
    hear({ type: 'source-state', source });
  }

  async function open(): Promise<readonly string[]> {
    const mended = recoverEdits(editContext(store.root, options.dataDir, null, 'window'));
    await Promise.race([live.refresh(), new Promise((resolve) => setTimeout(resolve, OPEN_MS))]);
    return [...(mended.ok ? mended.value : [mended.error.message]), ...store.root.notes];
  }

  return {
    kind: 'agents',
    id,
    name: store.name,
    opened: open(),
    describe,
    scene: () => live.scene(),
    answers: createAnswers(withScene),
    edits: answersAboutEdits(withScene, options.dataDir, {
      wrote: (paths) => live.changed({ paths: paths.map(absolute), gone: false, day: false }),
      edits: () => hear({ type: 'edits-changed', source: id }),
    }),
    stopReading() {
      live.stop();
      return ok(null);
    },
    readAgain() {
      void live.refresh();
      return ok(null);
    },
    reopen() {
      const kind = live.now().failure?.kind;
      if (kind === 'cancelled' || kind === 'io') void live.refresh();
    },
    close() {
      for (const timer of timers) clearInterval(timer);
      seen.close();
      watching.stop();
      live.close();
    },
  };
}
