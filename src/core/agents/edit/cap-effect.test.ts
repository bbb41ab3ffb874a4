import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { projectRoot } from '../../../../test/support/peers.ts';
import { value } from '../../../../test/support/writes.ts';
import { openFolder } from '../folder.ts';
import { openRecords, type RecordStore } from '../records/open.ts';
import { agentsRootAt } from '../root.ts';
import { capEffect } from './cap-effect.ts';
import { overlayOf } from './overlay.ts';

const TODAY = '2026-06-08';
const root = value(agentsRootAt(join(projectRoot, 'test/goldens/agents/fleet')))!;
const folder = openFolder(root);
let data: string;
let store: RecordStore;
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'vekscope-caps-'));
  store = value(await openRecords(root, { dataDir: data }));
});
afterAll(() => {
  store.close();
  rmSync(data, { recursive: true, force: true });
});

const text = (path: string): string => value(folder.text(path)).text!;
const effect = (path: string, change: (text: string) => string) =>
  capEffect(overlayOf(folder, [{ path, text: change(text(path)) }]), [path], store.tables(), TODAY);

it('a cap that is typed is compared with what was spent today and this month', () => {
  const model = 'quill/model.md';
  const [day, month] = effect(model, (old) => old.replace('monthly_cap_usd: 9.00', 'monthly_cap_usd: 4.00'));
  expect([day!.agent, day!.period, month!.period]).toEqual(['quill', 'day', 'month']);
  expect([month!.capMicros, month!.fired, month!.spentMicros]).toEqual([4_000_000, true, 4_940_117]);
  const [, before] = effect(model, (old) => old);
  expect([before!.capMicros, before!.fired]).toEqual([9_000_000, false]);
});

it('policy.md is about all agents, guardrails that are off are said to be, and other files about nobody', () => {
  const policy = effect('policy.md', (old) => old.replace('daily_usd: 3.0', 'daily_usd: 0.01'));
  expect(new Set(policy.map(({ agent }) => agent)).size).toBe(root.agents.length);
  const [off] = effect('harbor/model.md', (old) => old.replace('enabled: true', 'enabled: false'));
  expect(off!.caps.some(({ inForce }) => inForce)).toBe(false);
  expect(effect('quill/tools.md', (old) => `${old}\n`)).toEqual([]);
  expect(capEffect(folder, ['quill/model.md'], null, TODAY)).toEqual([]);
});
