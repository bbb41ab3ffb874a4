import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { peerPython, projectRoot } from '../test/support/peers.ts';
import { measureAgents } from './agents.ts';
import { measureEdits } from './edits.ts';
import { measureEngine } from './engine.ts';
import { generateDefaults, generateRepository } from './generate.ts';
import { measureLive } from './live.ts';
import { measureMergeBase } from './merge-base.ts';
import { measureMerge } from './merge.ts';
import { measureResolver } from './resolver.ts';
import { measureRest } from './rest.ts';
import { measureTerminal } from './terminal.ts';
import { measureLedger } from './ledger/ledger.ts';
import { machine, type Line } from './support.ts';
import { measureWindow } from './window.ts';

/**
 * `npm run bench [-- --sizes 1000,100000,1000000] [--seed 1] [--no-window] [--no-merge] [--agent-records 1000000]
 * [--ledger-entries 1000000]`: generates repositories from a seed, measures the engine, the window and the terminal on them, the terminal beside the Python tool where it is
 * installed, and merges of documents beside git and a library; writes `bench/results/<date>.md`. `--sizes ''`: merges and agents
 * only; `--agent-records 0`: no agents; `--ledger-entries 0`: no ledger.
 */
const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,100000,1000000' },
    seed: { type: 'string', default: '1' },
    'no-window': { type: 'boolean', default: false },
    'no-merge': { type: 'boolean', default: false },
    'agent-records': { type: 'string', default: '1000000' },
    'ledger-entries': { type: 'string', default: '1000000' },
    out: { type: 'string' },
  },
});

const seed = Number(values.seed);
const lines: string[] = [];
const say = (text: string): void => {
  lines.push(text);
  console.log(text);
};

/** A generated repository; kept between runs, since a million calls take minutes to write. */
function repository(nodes: number): { readonly folder: string; readonly words: string } {
  const folder = join(projectRoot, '.cache', 'bench', `${nodes}-${seed}`);
  const note = join(folder, 'generated.txt');
  if (!existsSync(note)) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const made = generateRepository(folder, generateDefaults(nodes, seed));
    const mean = Math.round(made.payloadBytes / made.objects);
    writeFileSync(
      note,
      `${made.nodes} calls (${made.merges} merges), ${made.objects} objects of ${mean} bytes on average, ${made.refs} refs, vek.db ${(made.fileBytes / 1e6).toFixed(1)} MB`,
    );
  }
  return { folder, words: readFileSync(note, 'utf8') };
}

function table(rows: readonly Line[]): void {
  const beside = rows.some((row) => row.beside !== undefined);
  say(beside ? '| what | Vekscope | Python tool | ratio |' : '| what | measured | target |');
  say(beside ? '|---|--:|--:|--:|' : '|---|--:|--:|');
  for (const { what, value, beside: other, ratio, target } of rows) {
    say(
      beside
        ? `| ${what} | ${value} | ${other ?? '–'} | ${ratio ?? '–'} |`
        : `| ${what} | ${value} | ${target ?? ''} |`,
    );
  }
  say('');
}

say(`# Bench, ${new Date().toISOString().slice(0, 10)}`);
say('');
say(`${machine()}. Seed ${seed}. The machine is shared and noisy: read ratios, not seconds.`);
say('');
for (const size of values.sizes.split(',').filter(Boolean).map(Number)) {
  const { folder, words } = repository(size);
  const data = mkdtempSync(join(tmpdir(), 'vekscope-bench-'));
  say(`## ${size.toLocaleString('en')} calls`);
  say('');
  say(`${words}.`);
  say('');
  table([
    ...(await measureEngine(folder, data)),
    ...(await measureLive(folder, data)),
    ...measureMergeBase(folder),
  ]);
  if (!values['no-window']) {
    table(await measureWindow(folder, data));
    table(await measureRest(folder, data));
  }
  table(await measureTerminal(folder, data, peerPython()));
  rmSync(data, { recursive: true, force: true });
}
if (!values['no-merge']) {
  await measureMerge(say, seed);
  if (!values['no-window']) {
    say('## Resolving');
    say('');
    table([...(await measureResolver(1)), ...(await measureResolver(20))]);
  }
}
if (Number(values['agent-records']) > 0) {
  measureAgents(say, Number(values['agent-records']), seed);
  say('## Writing into agent folders');
  say('');
  table(measureEdits());
}
if (Number(values['ledger-entries']) > 0) {
  await measureLedger(say, table, Number(values['ledger-entries']), seed);
}
const results =
  values.out ?? join(projectRoot, 'bench', 'results', `${new Date().toISOString().slice(0, 10)}.md`);
mkdirSync(join(results, '..'), { recursive: true });
writeFileSync(results, `${lines.join('\n').trimEnd()}\n`);
console.log(`written to ${results}`);
