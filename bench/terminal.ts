import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cli, node, percentile, timeCommand, type Line } from './support.ts';

/** Our verb and the one of the Python tool that does the same. */
const pairs: readonly { readonly what: string; readonly ours: string[]; readonly theirs: string[] }[] = [
  { what: 'status', ours: ['status'], theirs: ['status'] },
  { what: 'log (20)', ours: ['log'], theirs: ['log'] },
  {
    what: 'log --graph (ours: log, see the window of rows above)',
    ours: ['log'],
    theirs: ['log', '--graph'],
  },
  { what: 'fsck', ours: ['fsck'], theirs: ['fsck'] },
  { what: 'export jsonl', ours: ['export', '--format', 'jsonl'], theirs: ['export', '--format', 'jsonl'] },
];

/** The Python tool walks the history anew for every ref; with these sizes its export would not end in an hour. */
const PYTHON_EXPORT_LIMIT = 200_000;
const ROUNDS = 3;

async function median(file: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv) {
  const runs = [];
  for (let i = 0; i < ROUNDS; i++) {
    const run = await timeCommand(file, args, cwd, env);
    runs.push(run);
    if (run.ms > 20_000) break;
  }
  return {
    ms: percentile(
      runs.map((run) => run.ms),
      0.5,
    ),
    peakKb: Math.max(...runs.map((run) => run.peakKb)),
  };
}

const words = ({ ms, peakKb }: { ms: number; peakKb: number }): string =>
  `${(ms / 1000).toFixed(2)} s, ${Math.round(peakKb / 1024)} MB`;

/**
 * Times the terminal's verbs, one after the other with the Python tool's in the same run. That one gets a copy, since
 * it writes to whatever it opens.
 */
export async function measureTerminal(folder: string, data: string, python: string | null): Promise<Line[]> {
  const env = { ...process.env, VEKSCOPE_DATA: data };
  const vek = python === null ? null : join(dirname(python), 'vek');
  const copy = `${folder}-python`;
  if (vek !== null && existsSync(vek)) {
    rmSync(copy, { recursive: true, force: true });
    mkdirSync(copy, { recursive: true });
    cpSync(join(folder, '.vek'), join(copy, '.vek'), { recursive: true });
  }
  const calls = Number(/(\d+)-\d+$/.exec(folder)?.[1]);
  const lines: Line[] = [];
  for (const { what, ours, theirs } of pairs) {
    const mine = await median(node, [cli, ...ours, '--repo', folder], folder, env);
    if (vek === null || (theirs[0] === 'export' && calls > PYTHON_EXPORT_LIMIT)) {
      const why = vek === null ? 'not installed' : 'not run: refs × history';
      lines.push({ what, value: words(mine), beside: why });
      continue;
    }
    const other = await median(vek, theirs, copy, process.env);
    lines.push({
      what,
      value: words(mine),
      beside: words(other),
      ratio: `${(other.ms / mine.ms).toFixed(1)} ×`,
    });
  }
  rmSync(copy, { recursive: true, force: true });
  return lines;
}
