import { describe, expect, test } from 'vitest';
import type { RefBadge } from '../../../contract/vek.ts';
import { badgeWidth, columnsOf, fitBadges } from './columns.ts';
import { textWidth } from './cut.ts';

describe('columns', () => {
  test('are all there in a wide view; the hash goes first, the time last', () => {
    expect(columnsOf(800, 64)).toEqual({ tool: 124, hash: 76, cost: 84, time: 76, call: 368 });
    expect(columnsOf(700, 64)).toMatchObject({ hash: 0, cost: 84, tool: 124 });
    expect(columnsOf(664, 64)).toMatchObject({ hash: 0, cost: 84, tool: 108 });
    expect(columnsOf(440, 64)).toMatchObject({ hash: 0, cost: 0, tool: 108, time: 76, call: 184 });
    expect(columnsOf(400, 64)).toMatchObject({ hash: 0, cost: 0, tool: 30, time: 76, call: 222 });
    expect(columnsOf(300, 64)).toMatchObject({ hash: 0, cost: 0, tool: 30, time: 0, call: 198 });
    expect(columnsOf(0, 64).call).toBe(0);
  });

  test('a wider view never has fewer of them', () => {
    let before = columnsOf(200, 80);
    for (let width = 201; width < 1600; width += 1) {
      const now = columnsOf(width, 80);
      expect(now.hash).toBeGreaterThanOrEqual(before.hash);
      expect(now.cost).toBeGreaterThanOrEqual(before.cost);
      before = now;
    }
  });

  test('are as many times wider as the text is larger', () => {
    expect(columnsOf(1000, 64, 1.25)).toMatchObject({ tool: 155, hash: 95, time: 95 });
  });
});

const ref = (label: string, part: Partial<RefBadge> = {}): RefBadge => ({
  name: label,
  label,
  kind: 'branch',
  head: false,
  colour: 1,
  ...part,
});
const labels = (refs: readonly RefBadge[], room: number) => fitBadges(refs, room).map(({ label }) => label);

describe('badges', () => {
  test('as many as fit into half of the call, and always one; HEAD first', () => {
    expect(labels([ref('main'), ref('dev')], 400)).toEqual(['main', 'dev']);
    expect(labels([ref('a-branch-with-a-long-name'), ref('another-one-as-long')], 330)).toHaveLength(1);
    expect(labels([ref('main')], 60)).toEqual(['main']);
    expect(labels([ref('v1'), ref('main', { head: true })], 500)[0]).toBe('main');
    expect(labels([], 60)).toEqual([]);
  });

  test('never take more than their half, with the sign for the rest, whatever the names', () => {
    const names = [
      'main',
      'x'.repeat(10_000),
      'W'.repeat(30),
      'لغة'.repeat(99),
      'a b',
      '',
      '漢字'.repeat(40),
    ];
    for (let room = 240; room < 900; room += 33) {
      for (let count = 2; count <= 40; count += 7) {
        const refs = Array.from({ length: count }, (_, i) => ref(`${names[i % names.length]}${i}`));
        const fitted = fitBadges(refs, room);
        const width = fitted.reduce((sum, { label }) => sum + textWidth(label, 11) + 34, 0);
        const more = fitted.length < count ? 34 : 0;
        if (fitted.length > 1) expect(width + more).toBeLessThanOrEqual(room * 0.5);
        else expect(width).toBeLessThanOrEqual(badgeWidth(room) + 34);
      }
    }
  });

  test('of two long names the ends that differ are both to be read', () => {
    const [a] = labels([ref('experiments/2026-11-20/quantised-index/variant-a')], 400);
    const [b] = labels([ref('experiments/2026-11-20/quantised-index/variant-b')], 400);
    expect(a).not.toBe(b);
    expect(a).toMatch(/^exp.*…/);
  });
});
