import { expect, type Page } from '@playwright/test';
import { settle, type Shot, type Stage } from '../shot.ts';

const FLEET = 'agents/fleet';

/** Opens an agent of the fleet as of its last day. */
export async function openAgent({ page }: Pick<Stage, 'page'>, agent: string): Promise<void> {
  await page
    .getByRole('treeitem', { name: new RegExp(`^${agent}`) })
    .first()
    .click();
  await page.getByRole('tree', { name: `Parts of ${agent}` }).waitFor();
  const asOf = page.getByRole('button', { name: /^Show as of/ });
  if ((await asOf.count()) > 0) await asOf.first().click();
  await expect(page.getByRole('button', { name: 'Back to today' })).toBeVisible();
  await settle(page);
}

const outline = (page: Page) => page.getByRole('tree', { name: /^Parts of/ });

/** Goes to an entry of the outline. */
const entry =
  (agent: string, name: string | RegExp, more?: (stage: Stage) => Promise<void>) =>
  async (stage: Stage): Promise<void> => {
    await openAgent(stage, agent);
    const row = outline(stage.page).getByRole('treeitem', { name, exact: true }).first();
    // only rows in sight are drawn
    for (let top = 160; top < 2000 && (await row.count()) === 0; top += 160) {
      await stage.page
        .locator('.ag-outline-scroll')
        .evaluate((element, to) => element.scrollTo({ top: to }), top);
      await settle(stage.page, 80);
    }
    await row.click();
    await settle(stage.page, 1500);
    await more?.(stage);
  };

const shot = (name: string, act: Shot['act'], size?: Shot['size']): Shot => ({
  name: `agents-agent-${name}`,
  store: FLEET,
  ...(act === undefined ? {} : { act }),
  ...(size === undefined ? {} : { size }),
});

const NARROW = { width: 1000, height: 800 };

/** The interface type at its largest. */
async function large({ page }: Stage): Promise<void> {
  await page.keyboard.press('Control+,');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  const larger = dialog.getByRole('button', { name: /larger|increase|more/i }).first();
  for (let at = 0; at < 3; at += 1) await larger.click();
  await page.keyboard.press('Escape');
  await settle(page);
}

/** One agent: every page. */
export const AGENT_SHOTS: readonly Shot[] = [
  shot('overview', (stage) => openAgent(stage, 'quill')),
  shot('overview-harbor', (stage) => openAgent(stage, 'harbor')),
  shot('overview-narrow', (stage) => openAgent(stage, 'quill'), NARROW),
  shot('overview-large', async (stage) => {
    await openAgent(stage, 'sentry');
    await large(stage);
  }),
  shot('persona', entry('quill', /^IDENTITY/)),
  shot('persona-shared', entry('sentry', /^IDENTITY/)),
  shot('tools', entry('quill', /^tools\.md/)),
  shot('model', entry('quill', /^model\.md/)),
  shot('model-narrow', entry('quill', /^model\.md/), NARROW),
  shot('not-loaded', entry('quill', /^feedback_broken_header/)),
  shot('note', entry('quill', /^project_spring/)),
  shot('prompt', entry('quill', 'Prompt')),
  shot(
    'prompt-search',
    entry('harbor', 'Prompt', async ({ page }) => {
      await page.getByLabel('Search the prompt').fill('print');
      await settle(page);
    }),
  ),
  shot('prompt-narrow', entry('ledgerly', 'Prompt'), NARROW),
  shot('memory', entry('harbor', 'Memory')),
  shot(
    'memory-note',
    entry('harbor', 'Memory', async ({ page }) => {
      await page
        .getByRole('row', { name: /spring/i })
        .first()
        .click();
      await settle(page, 1200);
    }),
  ),
  shot(
    'memory-versions',
    entry('harbor', 'Memory', async ({ page }) => {
      await page
        .getByRole('row', { name: /q2|print/i })
        .first()
        .click();
      await page.getByRole('tab', { name: /^Versions/ }).click();
      await settle(page, 2000);
    }),
  ),
  shot('memory-narrow', entry('quill', 'Memory'), NARROW),
  shot(
    'memory-large',
    entry('quill', 'Memory', async (stage) => {
      await large(stage);
    }),
  ),
  shot('wiki', entry('ledgerly', 'Wiki')),
  shot('journal', entry('quill', 'Journal')),
  shot('skills', entry('harbor', 'Skills')),
  shot('goals', entry('quill', 'Goals')),
  shot('goals-conductor', entry('harbor', 'Goals')),
  shot('outcomes', entry('quill', 'Outcomes')),
  shot('evals', entry('quill', 'Evals')),
  shot(
    'evals-result',
    entry('quill', 'Evals', async ({ page }) => {
      await page.getByRole('grid', { name: 'Results of evals' }).getByRole('row').nth(2).click();
      await settle(page);
    }),
  ),
  shot('evals-narrow', entry('quill', 'Evals'), NARROW),
  shot('tuning', entry('quill', 'Tuning')),
  shot('dreams', entry('quill', 'Dreams')),
  shot('conversations', entry('sentry', 'Conversations')),
  shot('mandates', entry('sentry', 'Mandates')),
  shot('governance', entry('sentry', 'Governance')),
  shot('files', entry('quill', 'All files')),
];
