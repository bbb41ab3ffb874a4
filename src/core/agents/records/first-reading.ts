import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { runJob } from '../../jobs/run.ts';
import { fail, ok, type Result } from '../../result.ts';
import { limits } from '../../storage/limits.ts';
import type { AgentPlace, AgentsRoot } from '../places.ts';
import { AgentStore } from './agent-store.ts';
import { loadAgent } from './cache.ts';
import { fromPlain, type PlainData } from './data-form.ts';
import { listLogs } from './log-listing.ts';
import type { OpenOptions } from './open.ts';

type Read = { readonly store: AgentStore; readonly unsaved: number };

/** More threads would only wait for each other's memory. */
const THREADS = 2;
/** Agents are given out in parts of about so many bytes, so that the threads end at about the same time. */
const PART_BYTES = 16 * 1024 * 1024;

/** The agents' records: from the app folder, brought up to date; else read anew, much of it in threads of its own. */
export async function firstReading(
  root: AgentsRoot,
  { dataDir, onProgress, signal }: OpenOptions,
): Promise<Result<readonly Read[]>> {
  const read = new Map<AgentPlace, Read>();
  for (const place of root.agents) {
    const kept = loadAgent(dataDir, place.dir);
    if (kept === null) continue;
    const store = new AgentStore(place, root.path, kept);
    const before = store.columns.count;
    const did = store.update();
    read.set(place, { store, unsaved: did === 'moved' ? Infinity : store.columns.count - before });
  }
  const anew = root.agents.filter((place) => !read.has(place));
  const sizes = new Map(anew.map((place) => [place, logBytes(place, root.path)]));
  const total = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
  if (total > limits.agentInlineBytes) {
    const found = await readInJobs(root.path, sizes, total, { onProgress, signal });
    if (!found.ok) return found;
    for (const [place, data] of found.value)
      read.set(place, { store: new AgentStore(place, root.path, fromPlain(data)), unsaved: Infinity });
  } else
    for (const place of anew) {
      const store = new AgentStore(place, root.path);
      store.update();
      read.set(place, { store, unsaved: Infinity });
    }
  return ok(root.agents.map((place) => read.get(place)!));
}

function logBytes(place: AgentPlace, inside: string): number {
  let bytes = 0;
  for (const { absolute, refused } of listLogs(place.dir, inside).logs)
    if (refused === null) bytes += statSync(absolute, { throwIfNoEntry: false })?.size ?? 0;
  return bytes;
}

async function readInJobs(
  inside: string,
  sizes: ReadonlyMap<AgentPlace, number>,
  total: number,
  { onProgress, signal }: Pick<OpenOptions, 'onProgress' | 'signal'>,
): Promise<Result<ReadonlyMap<AgentPlace, PlainData>>> {
  const read = new Map<AgentPlace, PlainData>();
  const stop = new AbortController();
  const either = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
  const waiting = partsOf(sizes);
  const under = new Map<number, number>();
  let done = 0;
  const lane = async (thread: number): Promise<Result<null>> => {
    for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
      const result = await runJob(
        'agents.read',
        { agents: part, inside },
        {
          signal: either,
          onProgress: ({ bytes }) => {
            under.set(thread, bytes);
            onProgress?.({
              done: Math.min(total, done + [...under.values()].reduce((a, b) => a + b, 0)),
              total,
            });
          },
        },
      );
      if (!result.ok) {
        stop.abort();
        return result;
      }
      for (const [at, place] of part.entries()) read.set(place, result.value[at]!);
      done += part.reduce((sum, place) => sum + sizes.get(place)!, 0);
      under.delete(thread);
      onProgress?.({ done, total });
    }
    return ok(null);
  };
  onProgress?.({ done: 0, total });
  const threads = Math.min(THREADS, availableParallelism(), waiting.length);
  const lanes = await Promise.all(Array.from({ length: threads }, (_, thread) => lane(thread)));
  const failures = lanes.filter((result) => !result.ok);
  const failure = failures.find((result) => result.error.kind !== 'cancelled') ?? failures[0];
  if (failure !== undefined) return failure;
  if (read.size < sizes.size)
    return fail('io', 'Not all logs could be read.', 'Try again.', `${read.size} of ${sizes.size} agents`);
  return ok(read);
}

/** Agents in groups of some size, the largest first. */
function partsOf(sizes: ReadonlyMap<AgentPlace, number>): AgentPlace[][] {
  const parts: AgentPlace[][] = [];
  let bytes = Infinity;
  for (const [place, size] of [...sizes].sort((a, b) => b[1] - a[1])) {
    if (bytes + size > PART_BYTES) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)!.push(place);
    bytes += size;
  }
  return parts;
}
