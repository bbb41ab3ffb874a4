import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { cpus, totalmem, type as osType, release } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { projectRoot } from '../test/support/peers.ts';

/** One measurement. `beside` is the Python tool's, `ratio` how many times faster ours is. */
export type Line = {
  readonly what: string;
  readonly value: string;
  readonly target?: string;
  readonly beside?: string;
  readonly ratio?: string;
};

/** The pinned Node. */
export const node = process.execPath;
export const cli = join(projectRoot, 'bin', 'vekscope');

/** What the numbers were made on. */
export function machine(): string {
  const cpu = cpus();
  return `${cpu[0]?.model.trim() ?? 'unknown processor'}, ${cpu.length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${osType()} ${release()}, Node ${process.versions.node}`;
}

/** Milliseconds that a command takes from start to end; its output is thrown away. Throws when it fails. */
export function timeCommand(
  file: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = process.env,
  okCodes: readonly number[] = [0],
): Promise<{ ms: number; peakKb: number }> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] });
    let peakKb = 0;
    const watch = setInterval(() => {
      peakKb = Math.max(peakKb, treeKb(child.pid ?? 0));
    }, 50);
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => {
      if (errors.length < 2000) errors += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(watch);
      const ms = performance.now() - started;
      if (code !== null && okCodes.includes(code)) resolve({ ms, peakKb });
      else reject(new Error(`${file} ${args.join(' ')} ended with ${code}: ${errors}`));
    });
  });
}

/** The process and everything below it. */
export function processTree(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
    } catch {
      // the process ended meanwhile
    }
  }
  const tree = [pid];
  for (let i = 0; i < tree.length; i++) tree.push(...(children.get(tree[i] as number) ?? []));
  return tree;
}

/** Proportional memory in KiB of a process and all below it (Linux; 0 elsewhere). */
export function treeKb(pid: number): number {
  return process.platform === 'linux' ? sumKb(processTree(pid)) : 0;
}

/** Proportional memory in KiB of some processes (Linux). */
export function sumKb(pids: readonly number[]): number {
  let sum = 0;
  for (const one of pids) {
    try {
      sum += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${one}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
    } catch {
      // the process ended meanwhile
    }
  }
  return sum;
}

let ticks = 0;

/** Processor seconds that one process has used (Linux); 0 once it has ended. */
export function ownCpuSeconds(pid: number): number {
  ticks ||= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / ticks;
  } catch {
    return 0;
  }
}

/** Processor seconds that a process and all below it have used (Linux). */
export function treeCpuSeconds(pid: number): number {
  return processTree(pid).reduce((sum, one) => sum + ownCpuSeconds(one), 0);
}

/** Starts `vekscope serve` on a folder and gives its address once it is printed. */
export function startServe(
  folder: string,
  dataDir: string,
): Promise<{ child: ChildProcess; address: string; ms: number }> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(node, [cli, 'serve', '--repo', folder, '--port', '0'], {
      env: { ...process.env, VEKSCOPE_DATA: dataDir },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const address = /http:\/\/\S+/.exec(text)?.[0];
      if (address !== undefined) resolve({ child, address, ms: performance.now() - started });
    });
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`serve ended with ${code}`)));
  });
}

/** The value below which a share of the samples lies. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
