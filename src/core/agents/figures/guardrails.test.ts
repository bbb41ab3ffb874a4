import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openFolder } from '../folder.ts';
import { openRecords } from '../records/open.ts';
import { agentsRootAt } from '../root.ts';
import { readSettings } from '../settings.ts';
import { firedDays } from './agent.ts';
import { dayOf } from './days.ts';
import { gaugesOf } from './guardrails.ts';
import { whatIf } from './what-if.ts';

const base = mkdtempSync(join(tmpdir(), 'vekscope-guardrails-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));
let made = 0;

const model = (caps: string): string =>
  `# Model\n\n## Default model\n\n\`gpt-5-mini\`\n\n\`\`\`yaml\ncost_guardrails:\n${caps}\`\`\`\n`;
const ON = '  enabled: true\n  daily_cap_usd: 1\n  monthly_cap_usd: 10\n  daily_cap_action: skip\n';
const TODAY = dayOf('2026-06-08')!;

/** A line of the day, of a primary run unless said otherwise. */
const line = (cost: unknown, more: object = {}): string =>
  JSON.stringify({
    ts: '2026-06-08T10:00:00Z',
    run_id: 'r',
    trigger: 'cron',
    model: 'gpt-5-mini',
    status: 'ok',
    cost_usd: cost,
    ...more,
  });

async function elm(files: Readonly<Record<string, string>>) {
  const root = join(base, String(++made));
  const all = { 'elm/memory/INDEX.md': '', 'elm/model.md': model(ON), ...files };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const place = agentsRootAt(root);
  if (!place.ok || place.value === null) throw new Error('no agents');
  const store = await openRecords(place.value, { dataDir: join(base, 'data') });
  if (!store.ok) throw new Error(store.error.message);
  const records = store.value.tables().agents[0]!;
  const settings = readSettings(openFolder(place.value), 'elm');
  const [day, month] = gaugesOf(records, settings, TODAY);
  return { records, settings, day, month };
}

const log = (day: string, ...lines: readonly string[]) => ({
  [`elm/log/${day.slice(0, 7)}/${day}.jsonl`]: `${lines.join('\n')}\n`,
});

describe('the gauges', () => {
  it('count by the place of the file, the actor only', async () => {
    const { day, month } = await elm({
      ...log(
        '2026-06-08',
        line(0.3),
        line(0.2, { ts: '2026-06-01T00:00:00Z' }),
        line(9, { cost_source: 'judge' }),
      ),
      ...log('2026-06-07', line(0.4, { ts: 'never' })),
      ...log('2026-05-31', line(5, { ts: '2026-06-08T00:00:00Z' })),
    });
    expect(day).toMatchObject({ spentMicros: 500_000, capMicros: 1_000_000, fired: false, unknown: null });
    expect(month).toMatchObject({
      spentMicros: 900_000,
      capMicros: 10_000_000,
      capFrom: 'model.md',
      fired: false,
    });
    expect(day.thresholds.map(({ at, reached }) => [at, reached])).toEqual([
      [0.5, true],
      [0.8, false],
    ]);
  });

  it('say which cap holds, and why the others do not', async () => {
    const policy =
      '```yaml\ncost_caps:\n  daily_usd: 0.2\nagents:\n  elm:\n    cost_caps:\n      daily_usd: 0.5\n```\n';
    const { day } = await elm({ ...log('2026-06-08', line(0.25)), 'policy.md': policy });
    expect(day).toMatchObject({ capMicros: 200_000, capFrom: 'policy.md', fired: true });
    expect(day.caps.filter(({ inForce }) => inForce)).toHaveLength(1);
    expect(day.caps.every(({ why }) => why.length > 0)).toBe(true);
    const off = await elm({
      ...log('2026-06-08', line(0.25)),
      'policy.md': policy,
      'elm/model.md': model('  enabled: false\n  daily_cap_usd: 1\n'),
    });
    expect(off.day.caps.filter(({ inForce }) => inForce)).toEqual([]);
    expect(off.day.caps.map(({ why }) => why).join()).toContain('checks no cap at all');
  });

  it('know a frozen agent, and what was warned of', async () => {
    const { day } = await elm({
      'policy.md': '```yaml\ncost_caps:\n  daily_usd: 0\n```\n',
      'elm/.cost-warnings.json': '{"daily": {"2026-06-08": {"0.5": true}, "2026-06-07": {"0.8": true}}}',
    });
    expect(day).toMatchObject({ capMicros: 0, spentMicros: 0, fired: true });
    expect(day.thresholds.map(({ warned }) => warned)).toEqual([true, false]);
  });

  it('take a blind day as 0, leave a blind older file out, and say so', async () => {
    const blind = await elm({
      ...log('2026-06-08', line(0.3), '{"broken', '{"broken'),
      ...log('2026-06-07', line(0.4)),
    });
    expect(blind.day.spentMicros).toBe(0);
    expect(blind.day.unknown).toContain('2 of 3 lines');
    expect(blind.month.spentMicros).toBe(0);
    const older = await elm({
      ...log('2026-06-08', line(0.3)),
      ...log('2026-06-07', line(0.4), '{"broken', line(true)),
      ...log('2026-06-06', line(0.2), '{"broken'),
    });
    expect(older.day).toMatchObject({ spentMicros: 300_000, unknown: null });
    expect(older.month.spentMicros).toBe(500_000);
    expect(older.month.unknown).toContain('log/2026-06/2026-06-07.jsonl');
    expect(older.month.query).toContain('-file:2026-06-07');
    const half = await elm({ ...log('2026-06-08', line(0.3), '{"broken') });
    expect(half.day.spentMicros).toBe(300_000);
    expect(half.day.unknown).toContain('1 corrupt line');
  });
});

describe('what another cap would have done', () => {
  it('counts what came after it was reached, and the runs that would have met it', async () => {
    const { records, settings } = await elm({
      ...log('2026-06-07', line(0.6), line(0.6), line(0.1), line(0.1, { parent_run_id: 'r' })),
      ...log('2026-06-08', line(0.5)),
    });
    const span = { from: TODAY - 7, to: TODAY };
    const day = whatIf(records, settings, span, { dailyCapMicros: 1_000_000, monthlyCapMicros: null });
    expect(day).toMatchObject({ daysHit: 1, runsHit: 1, overMicros: 400_000, monthsHit: [] });
    expect(day.days.map(({ hit, spentMicros }) => [hit, spentMicros])).toEqual([
      [true, 1_400_000],
      [false, 500_000],
    ]);
    const month = whatIf(records, settings, span, { dailyCapMicros: null, monthlyCapMicros: 1_400_000 });
    expect(month.monthsHit).toEqual([{ month: '2026-06', day: '2026-06-07', overMicros: 500_000 }]);
    expect(month.runsHit).toBe(1);
  });

  it('and the days on which one fired are those with skipped runs or the fallback model', async () => {
    const { records } = await elm({
      ...log('2026-06-07', line(0, { status: 'skipped' }), line(0.1, { fallback: true })),
      ...log('2026-06-08', line(0.1, { fallback: true }), line(0.1)),
      ...log('2026-06-09', line(0, { status: 'skipped' })),
    });
    expect(firedDays(records, TODAY).map(({ day, lines, query }) => [day, lines, query])).toEqual([
      ['2026-06-08', 1, 'agent:elm file:2026-06-08 is:fallback'],
      ['2026-06-07', 1, 'agent:elm file:2026-06-07 status:skipped'],
      ['2026-06-07', 1, 'agent:elm file:2026-06-07 is:fallback'],
    ]);
  });
});
