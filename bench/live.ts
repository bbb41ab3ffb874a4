import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { storeCall } from '../e2e/support/vek.ts';
import { connect, value, whole } from './client.ts';
import { percentile, startServe, type Line } from './support.ts';

const CALLS = 30;
/** Between two calls, so that each is noticed by itself. */
const PAUSE_MS = 400;

const pair = (samples: readonly number[]): string =>
  `${Math.round(percentile(samples, 0.5))} / ${Math.round(percentile(samples, 0.95))} ms`;

/**
 * Stores calls from this process while the served engine has the repository open, and times from the commit until
 * the engine tells of it and until the new row was given out. Works on a copy, since it writes.
 */
export async function measureLive(folder: string, data: string): Promise<Line[]> {
  const copy = `${folder}-live`;
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  cpSync(join(folder, '.vek'), join(copy, '.vek'), { recursive: true });
  const { child, address } = await startServe(copy, data);
  try {
    const client = connect(address);
    const source = value(await client.workspace.open({ path: copy })).sources[0]!.id;
    let { total } = value(await client.vek.rows({ source, view: whole, start: 0, count: 60 }));
    const told: number[] = [];
    const shown: number[] = [];
    const events = await client.workspace.events();
    for (let i = 0; i < CALLS; i++) {
      const hash = storeCall(copy, 'note', { text: `call ${i}` }, { ok: true });
      const committed = performance.now();
      while (shown.length === i) {
        const event = await events.next();
        if (event.done === true) throw new Error('the engine stopped telling');
        if (event.value.type !== 'source-changed') continue;
        const toldAt = performance.now();
        const window = value(await client.vek.rows({ source, view: whole, start: 0, count: 60 }));
        if (window.total === total) continue;
        ({ total } = window);
        if (window.rows[0]?.hash !== hash) throw new Error('the new call is not on top');
        told.push(toldAt - committed);
        shown.push(performance.now() - committed);
      }
      await new Promise((done) => setTimeout(done, PAUSE_MS));
    }
    return [
      { what: 'commit elsewhere → told, p50 / p95', value: pair(told) },
      { what: 'commit elsewhere → new row given out, p50 / p95', value: pair(shown), target: '500 ms' },
    ];
  } finally {
    child.kill('SIGTERM');
    await new Promise((done) => child.once('exit', done));
    rmSync(copy, { recursive: true, force: true });
  }
}
