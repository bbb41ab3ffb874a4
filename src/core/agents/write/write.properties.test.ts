import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  baseOf,
  closeEditBench,
  contextOf,
  openEditBench,
  planOf,
  restore,
  undo,
  writeOutside,
} from '../../../../test/support/agent-edits.ts';
import { value } from '../../../../test/support/writes.ts';
import { applyEdit } from './apply.ts';
import { editsToRestore, fileHistory, noteSeen, versionText } from './history.ts';
import { sha256Of } from './objects.ts';
import { listEdits } from './record.ts';
import { editsToUndo } from './undo.ts';

const PATHS = ['ada/persona/SOUL.md', 'ada/tools.md', 'ada/skills/review/SKILL.md'] as const;
const text = fc.oneof(
  fc.constantFrom('a\n', 'b\r\n', '\uFEFFc', ''),
  fc.string({ unit: 'grapheme', maxLength: 8 }).filter((one) => !one.includes('\0') && one.isWellFormed()),
);
const path = fc.constantFrom(...PATHS);
const change = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('save' as const),
      texts: fc.dictionary(path, fc.option(text), { minKeys: 1, maxKeys: 3 }),
      /** made upon what stood some steps ago */
      stale: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('foreign' as const),
      path,
      text: fc.option(text),
      noted: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('undo' as const), which: fc.nat(6) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('restore' as const), path, which: fc.nat(6) }) },
);

/** What the model knows of a write: the texts of its files before and after. */
type Write = {
  readonly id: string;
  readonly files: ReadonlyMap<string, readonly [string | null, string | null]>;
  /** the undos of it; it is undone while one of them is not undone itself */
  readonly undos: Write[];
};

const isUndone = (write: Write): boolean => write.undos.some((one) => !isUndone(one));

it('any edits, foreign writes, undos and restores come to what a simple model says', () => {
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 14 }), (changes) => {
      const bench = openEditBench();
      try {
        const { root, dataDir } = bench;
        const disk = (one: string): string | null =>
          existsSync(join(root, one)) ? readFileSync(join(root, one), 'utf8') : null;
        const model = new Map<string, string | null>(PATHS.map((one) => [one, disk(one)]));
        const had = new Map(PATHS.map((one) => [one as string, new Set<string>()]));
        const writes: Write[] = [];
        let earlier = new Map(model);
        const took = (id: string, next: ReadonlyMap<string, string | null>): Write => {
          const files = new Map([...next].map(([one, to]) => [one, [model.get(one) ?? null, to] as const]));
          for (const [one, [from, to]] of files) {
            for (const known of [from, to]) if (known !== null) had.get(one)!.add(known);
            model.set(one, to);
          }
          const write: Write = { id, files, undos: [] };
          writes.push(write);
          return write;
        };
        for (const step of changes) {
          const ctx = contextOf(root, dataDir);
          if (step.do === 'foreign') {
            if (step.text === null) rmSync(join(root, step.path), { force: true });
            else writeOutside(bench, step.path, step.text);
            model.set(step.path, step.text);
            if (step.noted) {
              value(noteSeen(ctx, PATHS));
              for (const [one, now] of model) if (now !== null) had.get(one)!.add(now);
            }
          } else if (step.do === 'save') {
            const from = step.stale ? earlier : model;
            const wanted = new Map(Object.entries(step.texts));
            const edits = [...wanted].map(([one, to]) => {
              const base = from.get(one) ?? null;
              return { path: one, base: base === null ? null : sha256Of(Buffer.from(base)), text: to };
            });
            const fits = [...wanted.keys()].every(
              (one) => (from.get(one) ?? null) === (model.get(one) ?? null),
            );
            const applied = applyEdit(ctx, planOf(ctx, edits));
            expect(applied.ok).toBe(fits);
            earlier = new Map(model);
            if (applied.ok) took(applied.value.id, wanted);
          } else if (step.do === 'undo') {
            const write = writes.at(-1 - (step.which % Math.max(1, writes.length)));
            if (write === undefined) continue;
            const moving = [...write.files].filter(([, [from, to]]) => from !== to);
            const may =
              !isUndone(write) &&
              moving.length > 0 &&
              moving.every(([one, [, to]]) => (model.get(one) ?? null) === to);
            const edits = editsToUndo(ctx, write.id);
            expect(edits.ok).toBe(may);
            if (!edits.ok) continue;
            const { id } = value(undo(ctx, write.id));
            write.undos.push(took(id, new Map(moving.map(([one, [from]]) => [one, from]))));
          } else {
            const texts = [...had.get(step.path)!];
            const version = texts[step.which % Math.max(1, texts.length)];
            if (version === undefined || version === model.get(step.path)) continue;
            const edits = value(editsToRestore(ctx, step.path, sha256Of(Buffer.from(version))));
            const { id } = value(restore(ctx, edits));
            took(id, new Map([[step.path, version]]));
          }
        }
        const ctx = contextOf(root, dataDir);
        for (const one of PATHS) {
          expect(disk(one)).toBe(model.get(one) ?? null);
          const history = value(fileHistory(ctx, one));
          for (const known of had.get(one)!) {
            const sha256 = sha256Of(Buffer.from(known));
            expect(history.some((version) => version.sha256 === sha256 && version.kept)).toBe(true);
            expect(value(versionText(ctx, one, sha256))).toBe(known);
          }
          for (const [i, version] of history.entries())
            expect(version.sha256).not.toBe(i === 0 ? undefined : history[i - 1]!.sha256);
          if (model.get(one) !== null && model.get(one) !== undefined) {
            expect(history.filter(({ current }) => current)).toHaveLength(1);
            expect(baseOf(ctx, one)).toBe(history.find(({ current }) => current)!.sha256);
          }
        }
        const listed = value(listEdits(ctx));
        expect(listed.map(({ id, state }) => [id, state])).toEqual(
          writes.toReversed().map((write) => [write.id, isUndone(write) ? 'undone' : 'done']),
        );
        expect(
          readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tmp')),
        ).toEqual([]);
      } finally {
        closeEditBench(bench);
      }
    }),
    { numRuns: Number(process.env['VEKSCOPE_EDIT_RUNS'] ?? '12') },
  );
}, 240_000);
