import { expect, test } from 'vitest';
import type { Plan } from '../contract/operations.ts';
import { createKeptPlans } from './kept-plans.ts';

const plan = (id: string): Plan => ({
  id,
  action: { kind: 'switch', name: 'main' },
  title: id,
  refs: [],
  head: null,
  makes: null,
  keeps: null,
  warnings: [],
  madeAtMicros: 0,
});
const MB = 1024 * 1024;
const bytes = (size: number) => new Map([['hash', new Uint8Array(size)]]);

test('the newest plans stay, the oldest go', () => {
  const plans = createKeptPlans();
  for (let i = 0; i < 40; i += 1) plans.keep(plan(String(i)));
  expect(plans.get('39')?.plan.title).toBe('39');
  expect(plans.get('8')).not.toBeNull();
  expect(plans.get('7')).toBeNull();
  plans.drop('39');
  expect(plans.get('39')).toBeNull();
});

test('large objects of old plans are let go; the newest plan stays however large', () => {
  const plans = createKeptPlans();
  plans.keep(plan('small'), bytes(1));
  plans.keep(plan('a'), bytes(60 * MB));
  plans.keep(plan('b'), bytes(60 * MB));
  expect(plans.get('small')?.contents.get('hash')).toHaveLength(1);
  plans.keep(plan('c'), bytes(40 * MB));
  expect([plans.get('small'), plans.get('a')]).toEqual([null, null]);
  expect(plans.get('b')).not.toBeNull();
  plans.keep(plan('huge'), bytes(200 * MB));
  expect(plans.get('c')).toBeNull();
  expect(plans.get('huge')).not.toBeNull();
});
