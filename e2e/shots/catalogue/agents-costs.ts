import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openCosts } from '../../support/costs.ts';
import { settle, type Shot, type Stage } from '../shot.ts';

const FLEET = 'agents/fleet';

/** The costs of the fleet, or of one agent. */
const costs =
  (agent: string | null, then?: (stage: Stage) => Promise<void>) =>
  async (stage: Stage): Promise<void> => {
    await openCosts(stage.page, agent);
    await then?.(stage);
    await settle(stage.page);
  };

const scale =
  (name: string) =>
  async ({ page }: Stage) => {
    await page.getByRole('radio', { name, exact: true }).check({ force: true });
  };

/** Runs of the last three weeks, so that today has begun and is not over. */
function runUntilNow(folder: string): void {
  for (let ago = 20; ago >= 0; ago -= 1) {
    const at = new Date(Date.now() - ago * 86_400_000);
    const day = at.toISOString().slice(0, 10);
    const lines = [0.31, 0.12, 0.04].slice(0, ago === 0 ? 2 : 3).map((cost, index) =>
      JSON.stringify({
        ts: `${day}T00:0${index}:00+00:00`,
        run_id: `run-${day.replaceAll('-', '')}-00000${index}`,
        trigger: 'cron',
        status: 'ok',
        summary: 'Sort the receipts',
        model: ['claude-opus-4-8', 'claude-sonnet-4-6', 'gpt-5-mini'][index],
        input_tokens: 9000,
        output_tokens: 900,
        cost_usd: cost * (ago === 0 ? 0.4 : 1 + (ago % 4) / 4),
      }),
    );
    const month = join(folder, 'ledgerly', 'log', day.slice(0, 7));
    mkdirSync(month, { recursive: true });
    writeFileSync(join(month, `${day}.jsonl`), `${lines.join('\n')}\n`);
  }
}

/** What agents cost, in its states. */
export const AGENTS_COSTS_SHOTS: readonly Shot[] = [
  { name: 'agents-costs', store: FLEET, act: costs(null) },
  { name: 'agents-costs-long', store: FLEET, size: { width: 1440, height: 2600 }, act: costs(null) },
  {
    name: 'agents-costs-hover',
    store: FLEET,
    act: costs(null, async ({ page }) => {
      await settle(page);
      const box = (await page.locator('.ck-plot .u-over').boundingBox())!;
      await page.mouse.move(box.x + box.width * 0.93, box.y + 40);
    }),
  },
  {
    name: 'agents-costs-brushed',
    store: FLEET,
    act: costs(null, async ({ page }) => {
      await page.getByRole('application').focus();
      await page.keyboard.press('End');
      for (let step = 0; step < 6; step += 1) await page.keyboard.press('Shift+ArrowLeft');
    }),
  },
  { name: 'agents-costs-log', store: FLEET, act: costs(null, scale('Log')) },
  { name: 'agents-costs-share', store: FLEET, act: costs(null, scale('Share')) },
  {
    name: 'agents-costs-table',
    store: FLEET,
    act: costs(null, ({ page }) => page.getByRole('button', { name: 'Table', exact: true }).click()),
  },
  {
    name: 'agents-costs-year',
    store: FLEET,
    act: costs(null, async ({ page }) => {
      await page.getByRole('radio', { name: '12 months' }).check({ force: true });
    }),
  },
  { name: 'agents-costs-agent', store: FLEET, size: { width: 1440, height: 1500 }, act: costs('quill') },
  { name: 'agents-costs-small', store: FLEET, size: { width: 1000, height: 1100 }, act: costs(null) },
  {
    name: 'agents-costs-large-type',
    store: FLEET,
    size: { width: 1440, height: 1500 },
    act: costs(null, async ({ page }) => {
      await page.keyboard.press('Control+,');
      for (let step = 0; step < 3; step += 1) {
        await page
          .getByRole('button', { name: /^Larger: / })
          .first()
          .click();
      }
      await page.keyboard.press('Escape');
    }),
  },
  {
    name: 'agents-costs-nothing',
    store: FLEET,
    act: costs(null, async ({ page }) => {
      await page.getByLabel('From', { exact: true }).fill('2026-01-01');
      await page.getByLabel('To', { exact: true }).fill('2026-01-31');
    }),
  },
  {
    name: 'agents-costs-running',
    store: FLEET,
    before: ({ folder }) => runUntilNow(folder!),
    act: async (stage) => {
      await openCosts(stage.page, null, { anyDay: true });
      await settle(stage.page, 1500);
    },
  },
  {
    name: 'agents-costs-no-records',
    store: FLEET,
    before: ({ folder }) => {
      for (const agent of ['harbor', 'ledgerly', 'quill', 'sentry']) {
        rmSync(join(folder!, agent, 'log'), { recursive: true, force: true });
      }
    },
    act: (stage) => openCosts(stage.page, null, { anyDay: true }),
  },
];
