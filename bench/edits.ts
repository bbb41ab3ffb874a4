import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createHash } from 'node:crypto';
import type { FileEdit } from '../src/contract/edits.ts';
import { editContext, type EditContext } from '../src/core/agents/edit/context.ts';
import { draftOf } from '../src/core/agents/edit/draft.ts';
import { planChange } from '../src/core/agents/edit/plan.ts';
import { searchFiles } from '../src/core/agents/edit/search.ts';
import { agentsRootAt } from '../src/core/agents/root.ts';
import { applyEdit } from '../src/core/agents/write/apply.ts';
import type { Result } from '../src/core/result.ts';
import { peerPython, projectRoot } from '../test/support/peers.ts';
import { percentile, type Line } from './support.ts';

const NOTES = 3_000;
const WRITES = 40;
const AGENT = 'harbor';

function taken<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.message} ${result.error.hint}`);
  return result.value;
}

const note = (index: number): string => `---
schema_version: 1
name: Berth plan ${index}
description: How the boats of pier ${index % 40} lie in week ${index}
type: project
captured: 2026-05-01
last_seen: 2026-05-${String((index % 28) + 1).padStart(2, '0')}
sources:
  - conversation
confidence: high
---

Boat ${index} lies at pier ${index % 40}.

**Why:** the crane reaches no further.

**How to apply:** ask the harbour office before moving it.
`;

const nameOf = (index: number): string => `project_berth_plan_${index}.md`;

/** The sample fleet, one of whose agents has many notes. */
function fleetWithNotes(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vekscope-bench-edits-'));
  cpSync(join(projectRoot, 'test', 'goldens', 'agents', 'fleet'), folder, { recursive: true });
  const memory = join(folder, AGENT, 'memory');
  mkdirSync(memory, { recursive: true });
  const lines: string[] = [];
  for (let i = 0; i < NOTES; i++) {
    writeFileSync(join(memory, nameOf(i)), note(i));
    lines.push(`- [Berth plan ${i}](${nameOf(i)}) — How the boats of pier ${i % 40} lie in week ${i}`);
  }
  writeFileSync(join(memory, 'INDEX.md'), `# Memory Index\n\n## Active Projects\n${lines.join('\n')}\n`);
  return folder;
}

function edit(folder: string, path: string, change: (text: string) => string): FileEdit {
  const bytes = readFileSync(join(folder, path));
  return {
    path,
    base: createHash('sha256').update(bytes).digest('hex'),
    text: change(bytes.toString('utf8')),
  };
}

function samples(count: number, work: (index: number) => void): readonly number[] {
  return Array.from({ length: count }, (_, index) => {
    const started = performance.now();
    work(index);
    return performance.now() - started;
  });
}

const words = (times: readonly number[]): string =>
  `${percentile(times, 0.5).toFixed(1)} ms, slowest ${Math.max(...times).toFixed(1)} ms`;

/** The package's own way to change a note: lock, kept version, atomic replacement. */
const peer = `
import datetime, json, pathlib, sys, time
from atomic_agents.memory.filesystem import _per_file_lock, _snapshot
from atomic_agents._io import atomic_write
memory = pathlib.Path(sys.argv[1])
times = []
for index in range(int(sys.argv[2])):
    target = memory / f"project_berth_plan_{index}.md"
    started = time.perf_counter()
    with _per_file_lock(target):
        text = target.read_text(encoding="utf-8")
        _snapshot(target)
        atomic_write(target, text + "One more line.\\n")
    times.append((time.perf_counter() - started) * 1000)
print(json.dumps(times))
`;

function peerTimes(memory: string): readonly number[] | null {
  const python = peerPython();
  if (python === null) return null;
  const out = execFileSync(python, ['-c', peer, memory, String(WRITES)], { encoding: 'utf8' });
  return JSON.parse(out.trim().split('\n').at(-1)!) as number[];
}

/** Typing, planning and writing into an agent with many notes, beside the package's own writes in the same run. */
export function measureEdits(): readonly Line[] {
  const folder = fleetWithNotes();
  const data = mkdtempSync(join(tmpdir(), 'vekscope-bench-data-'));
  try {
    const root = taken(agentsRootAt(folder))!;
    const fresh = (): EditContext => editContext(root, data, '2026-06-08', 'terminal');
    const ctx = fresh();
    const path = (index: number): string => `${AGENT}/memory/${nameOf(index)}`;
    const grown = (index: number): FileEdit => edit(folder, path(index), (text) => `${text}One more line.\n`);
    const first = samples(1, () => taken(draftOf(ctx, [grown(0)])));
    const typing = samples(WRITES, () => taken(draftOf(ctx, [grown(0)])));
    const searching = samples(5, () => taken(searchFiles(ctx, AGENT, 'crane reaches')));
    const plans = samples(WRITES, (i) =>
      taken(planChange(ctx, { do: 'save', edits: [grown(i)], label: null })),
    );
    const writes: number[] = [];
    for (let i = 0; i < WRITES; i++) {
      const plan = taken(planChange(fresh(), { do: 'save', edits: [grown(i)], label: null }));
      const started = performance.now();
      taken(applyEdit(fresh(), plan));
      writes.push(performance.now() - started);
    }
    const theirs = peerTimes(join(folder, AGENT, 'memory'));
    const ratio =
      theirs === null
        ? ''
        : `, ${(percentile(writes, 0.5) / percentile(theirs, 0.5)).toFixed(1)} × the package’s`;
    return [
      { what: `what the runtime would make of a text, first, ${NOTES} notes`, value: words(first) },
      { what: 'again, as a person types', value: words(typing), target: '150 ms' },
      { what: 'a plan of one note with its index and kept version', value: words(plans) },
      { what: `writing it: lock, record, kept texts, sync${ratio}`, value: words(writes) },
      ...(theirs === null
        ? []
        : [{ what: 'the package’s own lock, kept version and replacement', value: words(theirs) }]),
      { what: 'a search over all files of the agent', value: words(searching), target: '1 s' },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
    rmSync(data, { recursive: true, force: true });
  }
}
