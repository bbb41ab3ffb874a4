import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openFolder } from '../folder.ts';
import { openRecords } from '../records/open.ts';
import { agentsRootAt } from '../root.ts';
import { costReport } from './costs.ts';

const base = mkdtempSync(join(tmpdir(), 'vekscope-costs-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

it('says of a cost that is too large for the sums that it is left out', async () => {
  const root = join(base, 'root');
  const month = join(root, 'elm', 'log', '2026-06');
  mkdirSync(month, { recursive: true });
  writeFileSync(join(root, 'elm', 'model.md'), '# Model\n');
  const costs = [1_000_000, 1_000_000.5, -2e6, true, 2];
  const lines = costs.map((cost) => JSON.stringify({ ts: '2026-06-08T10:00:00Z', cost_usd: cost }));
  writeFileSync(join(month, '2026-06-08.jsonl'), `${lines.join('\n')}\n`);
  const place = agentsRootAt(root);
  if (!place.ok || place.value === null) throw new Error('no agents');
  const store = await openRecords(place.value, { dataDir: join(base, 'data') });
  if (!store.ok) throw new Error(store.error.message);
  const day = '2026-06-08';
  const report = costReport(store.value.tables(), openFolder(place.value), {
    agent: null,
    range: { from: day, to: day },
    by: 'model',
    counting: 'logged',
    today: day,
    todayIsOver: false,
    top: () => [],
  });
  expect(report.sum).toMatchObject({ lines: 5, costMicros: 1_000_002_000_000 });
  expect(report.leftOut).toMatchObject([
    { what: 'Records whose cost is no number, or over $1,000,000: counted with a cost of 0', lines: 3 },
  ]);
});
