import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../../../test/support/peers.ts';
import { failure, value } from '../../../../test/support/writes.ts';
import { asOf } from '../days.ts';
import { openFolder } from '../folder.ts';
import { openRecords } from '../records/open.ts';
import { costsOf } from '../reports.ts';
import { agentsRootAt } from '../root.ts';
import { exportCosts } from './costs.ts';
import { csvLine, dollars } from './csv.ts';
import { exportRecords, type RecordForm } from './records.ts';

const scratch = mkdtempSync(join(tmpdir(), 'vekscope-export-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

async function opened(dir: string) {
  const root = value(agentsRootAt(dir))!;
  const store = value(await openRecords(root, { dataDir: join(scratch, 'data') }));
  return { store, folder: openFolder(root), tables: store.tables() };
}

const fleet = join(scratch, 'fleet');
cpSync(join(projectRoot, 'test', 'goldens', 'agents', 'fleet'), fleet, { recursive: true });

async function textOf(query: string, form: RecordForm): Promise<string> {
  const { store } = await opened(fleet);
  return Buffer.concat(value(await exportRecords(store, query, 'oldest', form))).toString('utf8');
}

describe('records as a file', () => {
  it('JSON Lines are the lines of the logs, byte for byte', async () => {
    const log = readFileSync(join(fleet, 'quill', 'log', '2026-06', '2026-06-08.jsonl'), 'utf8');
    const lines = await textOf('agent:quill file:2026-06-08', 'jsonl');
    expect(lines.split('\n').toSorted()).toEqual(log.split('\n').toSorted());
  });

  it('JSON rows have the sum of the query, to the micro-dollar', async () => {
    const rows = JSON.parse(await textOf('agent:quill', 'json')) as { cost_usd?: number; agent: string }[];
    expect(rows).toHaveLength(547);
    const micros = rows.reduce((sum, { cost_usd: cost }) => sum + Math.round((cost ?? 0) * 1e6), 0);
    expect(micros).toBe(12_162_839);
    expect(JSON.parse(await textOf('agent:nobody', 'json'))).toEqual([]);
  });

  it('CSV has a head and a line for each record', async () => {
    const text = await textOf('agent:quill day:2026-06-08', 'csv');
    const lines = text.split('\r\n');
    expect(lines[0]).toMatch(/^agent,ts,run_id,.*cost_usd/);
    const json = JSON.parse(await textOf('agent:quill day:2026-06-08', 'json')) as unknown[];
    expect(lines.length - 2).toBe(json.length);
    expect(lines.at(-1)).toBe('');
  });

  it('text of agents is no formula, and stays one field', async () => {
    const root = join(scratch, 'formulas');
    mkdirSync(join(root, 'a', 'log', '2026-06'), { recursive: true });
    mkdirSync(join(root, 'a', 'persona'));
    writeFileSync(join(root, 'a', 'model.md'), '## Default model\n\n`gpt-5-mini`\n');
    const summaries = ['=1+1', '+1', '-1', '@x', '\t=1', ' =1', '＝1', 'a,"b"\nc', 'plain'];
    writeFileSync(
      join(root, 'a', 'log', '2026-06', '2026-06-08.jsonl'),
      summaries
        .map((summary) => `${JSON.stringify({ ts: '2026-06-08T10:00:00Z', run_id: '=r', summary })}\n`)
        .join(''),
    );
    const { store } = await opened(root);
    const csv = Buffer.concat(value(await exportRecords(store, '', 'oldest', 'csv'))).toString();
    expect(csv).not.toMatch(/(?:^|,)"?[\t ]*[=+\-@＝]/m);
    expect(csv).toContain('"a,""b""\nc"');
    expect(csv).toContain(',plain,');
    expect(csv).toContain("'=r");
  });

  it('stops when nobody waits for it', async () => {
    const { store } = await opened(fleet);
    const stopped = AbortSignal.abort();
    expect(failure(await exportRecords(store, '', 'newest', 'csv', stopped)).kind).toBe('cancelled');
  });
});

describe('costs as a file', () => {
  it('have the figures of the report', async () => {
    const of = await opened(fleet);
    const range = { from: '2026-05-10', to: '2026-06-08' };
    const question = { agent: null, range, by: 'model', counting: 'once' } as const;
    const report = value(costsOf(of, question, asOf('2026-06-08')));
    const csv = exportCosts(report, 'csv');
    expect(csv).toContain(`,once,range,2026-05-10..2026-06-08,2497,`);
    expect(csv).toMatch(/,once,counted once,,,,,25\.362136\r\n/);
    const { figures } = JSON.parse(exportCosts(report, 'json')) as {
      figures: { what: string; name: string; cost_usd: number }[];
    };
    const days = figures.filter(({ what }) => what === 'day');
    expect(days).toHaveLength(30);
    const sum = days.reduce((all, { cost_usd: cost }) => all + Math.round(cost * 1e6), 0);
    expect(sum).toBe(25_362_136);
  });

  it('write money with six places, whatever its size and sign', () => {
    expect([0, 1, -1, 999_999, 1_000_000, -2_500_000, 123_456_789_012].map(dollars)).toEqual([
      '0.000000',
      '0.000001',
      '-0.000001',
      '0.999999',
      '1.000000',
      '-2.500000',
      '123456.789012',
    ]);
    expect(csvLine(['a', 1, null, true, ' b'])).toBe('a,1,,true," b"\r\n');
  });
});
