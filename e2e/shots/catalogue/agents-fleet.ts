import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { settle, type Shot, type Stage } from '../shot.ts';

const FLEET = 'agents/fleet';
const NARROW = { width: 1000, height: 800 };

/** Opens a page of the fleet as of its last day. */
const page =
  (name: string, then?: (stage: Stage) => Promise<void>) =>
  async (stage: Stage): Promise<void> => {
    const { page: window } = stage;
    const rows = window.getByRole('tree', { name: 'Sources' }).getByRole('treeitem');
    await rows.filter({ hasText: name }).first().click();
    const asOf = window.getByRole('button', { name: /^Show as of/ });
    await asOf.first().waitFor();
    await asOf.first().click();
    await settle(window);
    await then?.(stage);
    await settle(window);
  };

const tab =
  (name: RegExp) =>
  async ({ page: window }: Stage): Promise<void> => {
    await window.getByRole('region', { name: 'Fleet' }).getByRole('tab', { name }).click();
  };

const pick =
  (name: RegExp) =>
  async ({ page: window }: Stage): Promise<void> => {
    await window.getByRole('option', { name }).first().click();
  };

/** The interface type at 16 px. */
const large = async ({ page: window }: Stage): Promise<void> => {
  await window.evaluate("document.documentElement.style.setProperty('--ui-size', '16')");
};

const shot = (name: string, act: NonNullable<Shot['act']>, size?: Shot['size']): Shot => ({
  name: `agents-${name}`,
  store: FLEET,
  act,
  ...(size === undefined ? {} : { size }),
});

const AGENTS = ['harbor', 'ledgerly', 'quill', 'sentry'];

/** Each agent so many times, with the logs of June alone. */
function multiply(folder: string, times: number): void {
  for (const agent of AGENTS) {
    rmSync(join(folder, agent, 'log', '2026-05'), { recursive: true });
    for (let at = 2; at <= times; at += 1) {
      const copy = `${agent}-${String(at).padStart(3, '0')}`;
      cpSync(join(folder, agent), join(folder, copy), { recursive: true });
    }
  }
}

/** One agent of the folder, which stays a folder of agents. */
function alone(folder: string): void {
  for (const agent of AGENTS.slice(1)) rmSync(join(folder, agent), { recursive: true });
}

/** All agents: the monitor, escalations, the doctor. */
export const AGENTS_FLEET_SHOTS: readonly Shot[] = [
  shot('fleet', page('Fleet health')),
  shot('fleet-scores', page('Fleet health', tab(/^All scores/))),
  shot('fleet-advice', page('Fleet health', tab(/^Advice/))),
  shot('fleet-targets', page('Fleet health', tab(/^Targets/))),
  shot('fleet-narrow', page('Fleet health'), NARROW),
  shot('fleet-large-type', page('Fleet health', large)),
  { ...shot('fleet-many', page('Fleet health')), before: ({ folder }) => multiply(folder!, 50) },
  { ...shot('fleet-one', page('Fleet health')), before: ({ folder }) => alone(folder!) },
  shot('escalations', page('Escalations')),
  shot('escalations-tampered', page('Escalations', pick(/Tampered/))),
  shot('escalations-ignored', page('Escalations', pick(/Denied/))),
  shot(
    'escalations-file',
    page('Escalations', async ({ page: window }) => {
      await window.getByRole('tab', { name: 'As written' }).click();
      await settle(window, 1500);
    }),
  ),
  shot('escalations-narrow', page('Escalations'), NARROW),
  shot('escalations-large-type', page('Escalations', large)),
  {
    ...shot('escalations-none', page('Escalations')),
    before: ({ folder }) => rmSync(join(folder!, 'sentry', 'vault'), { recursive: true }),
  },
  shot('doctor', page('Doctor')),
  shot(
    'doctor-all',
    page('Doctor', async ({ page: window }) => {
      await window.getByRole('button', { name: /^All/ }).click();
      await window.getByRole('listbox', { name: 'Checks' }).focus();
      await window.keyboard.press('End');
    }),
  ),
  shot('doctor-narrow', page('Doctor'), NARROW),
  shot('doctor-large-type', page('Doctor', large)),
];
