import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { peerPython, projectRoot } from '../test/support/peers.ts';
import type { AgentsProbe } from './agents-probe.ts';
import { generateAgents } from './generate-agents.ts';
import { node, percentile } from './support.ts';

const AGENTS = 50;
const DAYS = 120;

type Say = (text: string) => void;

/** A generated fleet; kept between runs. */
function fleet(records: number, seed: number): { readonly folder: string; readonly words: string } {
  const folder = join(projectRoot, '.cache', 'bench', `agents-${records}-${seed}`);
  const note = `${folder}.txt`;
  if (!existsSync(note)) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const made = generateAgents(folder, { agents: AGENTS, records, days: DAYS, seed });
    writeFileSync(
      note,
      `${made.agents} agents with ${made.records.toLocaleString('en')} records in ${made.files} logs, ${(made.bytes / 1e6).toFixed(0)} MB`,
    );
  }
  return { folder, words: readFileSync(note, 'utf8') };
}

/** One reading in a process of its own. */
function probe(folder: string, dataDir: string, what: 'read' | 'all'): AgentsProbe {
  const script = join(projectRoot, 'bench', 'agents-probe.ts');
  const out = execFileSync(node, [script, folder, dataDir, what], { encoding: 'utf8', maxBuffer: 1 << 26 });
  return JSON.parse(out) as AgentsProbe;
}

const plainSum = `
import json, pathlib, sys, time
started = time.perf_counter()
cpu = time.process_time()
total = 0.0
lines = 0
for path in sorted(pathlib.Path(sys.argv[1]).glob("*/log/*/*.jsonl")):
    for line in path.read_bytes().split(b"\\n"):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError:
            continue
        if isinstance(record, dict):
            lines += 1
            total += record.get("cost_usd") or 0.0
print(json.dumps({"ms": (time.perf_counter() - started) * 1000, "cpu": (time.process_time() - cpu) * 1000, "lines": lines, "cost": round(total, 6)}))
`;

const dashboard = `
import datetime, json, pathlib, sys, time
from atomic_agents.dashboard.costs import aggregate_global
started = time.perf_counter()
cpu = time.process_time()
summary = aggregate_global(pathlib.Path(sys.argv[1]), today=datetime.date.fromisoformat(sys.argv[2]))
print(json.dumps({"ms": (time.perf_counter() - started) * 1000, "cpu": (time.process_time() - cpu) * 1000, "cost": summary.total_cost}))
`;

type Told = { readonly ms: number; readonly cpu: number; readonly lines?: number; readonly cost?: number };

/** Another program's figures, or what it said instead. */
function python(file: string, script: string, args: readonly string[]): Told | string {
  try {
    const out = execFileSync(file, ['-c', script, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return JSON.parse(out.trim().split('\n').at(-1)!) as Told;
  } catch (error) {
    const text = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    return text.trim().split('\n').at(-1) ?? 'it ended without a word';
  }
}

const ms = (value: number): string =>
  value < 10
    ? `${value.toFixed(2)} ms`
    : value < 10_000
      ? `${Math.round(value)} ms`
      : `${(value / 1000).toFixed(1)} s`;

/** Reads the logs of a large fleet for the first time and again, follows a growing log, and asks for figures of it. */
export function measureAgents(say: Say, records: number, seed: number): void {
  const { folder, words } = fleet(records, seed);
  const data = join(projectRoot, '.cache', 'bench', `agents-data-${process.pid}`);
  say('## Agents');
  say('');
  say(`${words}.`);
  say('');
  try {
    const firsts: AgentsProbe[] = [];
    for (let i = 0; i < 3; i++) {
      rmSync(data, { recursive: true, force: true });
      firsts.push(probe(folder, data, 'read'));
    }
    const agains = [probe(folder, data, 'read'), probe(folder, data, 'read')];
    const all = probe(folder, data, 'all');
    const spread = (list: readonly AgentsProbe[]): string => list.map(({ openMs }) => ms(openMs)).join(', ');
    say('| what | measured | target |');
    say('|---|--:|--:|');
    const row = (what: string, value: string, target = ''): void => say(`| ${what} | ${value} | ${target} |`);
    row('all logs, the first time, each in a new process', spread(firsts), '3 s');
    row(
      'processor time of that',
      ms(
        percentile(
          firsts.map(({ cpuMs }) => cpuMs),
          0.5,
        ),
      ),
    );
    row('again, from the app folder', spread([...agains, all]), '0.5 s');
    row(
      'processor time of that',
      ms(
        percentile(
          [...agains, all].map(({ cpuMs }) => cpuMs),
          0.5,
        ),
      ),
    );
    row(
      'an appended line, median and slowest of 50',
      `${ms(percentile(all.appends, 0.5))}, ${ms(Math.max(...all.appends))}`,
      '5 ms',
    );
    row('all logs compared by stat, nothing changed', ms(all.refreshMs));
    for (const { query, sort, ms: took, total } of all.queries)
      row(
        `\`${query === '' ? 'everything' : query}\` by ${sort}: ${total.toLocaleString('en')} records, sum and first window`,
        ms(took),
        '150 ms',
      );
    row('a facet over everything (by model)', ms(all.facetMs), '150 ms');
    row('a tree of a run', ms(all.treeMs));
    const peak = Math.max(...firsts.map(({ peakMb }) => peakMb));
    row('most memory of the process, the first time', `${Math.round(peak)} MB`, '400 MB');
    row('most memory of the process, again and with all questions', `${Math.round(all.peakMb)} MB`, '400 MB');
    say('');
    sayBeside(
      say,
      folder,
      percentile(
        firsts.map(({ cpuMs }) => cpuMs),
        0.5,
      ),
      all,
    );
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

function sayBeside(say: Say, folder: string, firstCpuMs: number, all: AgentsProbe): void {
  say(
    '| beside, in the same run: processor time | of it | of Vekscope, first time, all threads | ratio | the same figure |',
  );
  say('|---|--:|--:|--:|---|');
  const row = (what: string, told: Told | string, same: (told: Told) => string): void => {
    if (typeof told === 'string') say(`| ${what} | no result: ${told.slice(0, 120)} | | | |`);
    else
      say(
        `| ${what} | ${ms(told.cpu)} | ${ms(firstCpuMs)} | ${(told.cpu / firstCpuMs).toFixed(1)} × | ${same(told)} |`,
      );
  };
  const tools = peerPython();
  const plain = tools ?? 'python3';
  row('a plain Python loop with `json.loads`, one sum', python(plain, plainSum, [folder]), (told) =>
    told.lines === all.lines && told.cost === all.cost
      ? 'equal'
      : `${told.lines} lines, $${told.cost} (ours ${all.lines}, $${all.cost})`,
  );
  if (tools !== null)
    row(
      'the package’s own cost dashboard (12 months of figures)',
      python(tools, dashboard, [folder, all.lastDay]),
      (told) =>
        Math.abs((told.cost ?? Number.NaN) - all.monthCost) <= 0.00005
          ? 'equal, to its four decimals'
          : `$${told.cost} (ours $${all.monthCost})`,
    );
  say('');
}
