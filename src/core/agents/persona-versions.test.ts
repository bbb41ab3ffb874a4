import { cpSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { projectRoot } from '../../../test/support/peers.ts';
import { value } from '../../../test/support/writes.ts';
import { editContext, type EditContext } from './edit/context.ts';
import { planChange } from './edit/plan.ts';
import { openFolder } from './folder.ts';
import { personaPaths, personaVersions } from './persona-versions.ts';
import { matchRecords } from './records/match.ts';
import { openRecords, type RecordStore } from './records/open.ts';
import { agentsRootAt } from './root.ts';
import { applyEdit } from './write/apply.ts';
import { noteSeen } from './write/history.ts';

let home: string;
let root: string;
let data: string;
let store: RecordStore;
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'vekscope-versions-'));
  [root, data] = [join(home, 'fleet'), join(home, 'data')];
  cpSync(join(projectRoot, 'test/goldens/agents/fleet'), root, { recursive: true });
  store = value(await openRecords(value(agentsRootAt(root))!, { dataDir: data }));
});
afterEach(() => {
  store.close();
  rmSync(home, { recursive: true, force: true });
});

/** The context at an instant. */
function asOf(time: string, today = '2026-06-08'): EditContext {
  const ctx = editContext(value(agentsRootAt(root))!, data, today, 'terminal');
  return { ...ctx, nowMicros: () => Date.parse(time) * 1000 };
}

function save(time: string, label: string | null, ...changes: readonly (readonly [string, string])[]): void {
  const ctx = asOf(time);
  const edits = changes.map(([path, more]) => {
    const file = value(openFolder(ctx.folder.root).text(path));
    return { path, base: file.sha256, text: `${file.text}${more}` };
  });
  value(applyEdit(ctx, value(planChange(ctx, { do: 'save', edits, label }))));
}

const versionsOf = (agent: string, today?: string) =>
  value(personaVersions(asOf('2026-06-08T12:00:00Z', today), store.tables(), agent));

/** The records of an agent by reading its logs line by line. */
function lines(agent: string): readonly { readonly at: number; readonly line: Record<string, unknown> }[] {
  return value(openFolder(value(agentsRootAt(root))!).list(`${agent}/log`)).flatMap((month) =>
    value(openFolder(value(agentsRootAt(root))!).list(month.path)).flatMap(({ path }) =>
      readFileSync(join(root, path), 'utf8')
        .split('\n')
        .flatMap((text) => {
          try {
            const line: unknown = JSON.parse(text);
            if (typeof line !== 'object' || line === null || Array.isArray(line)) return [];
            const { ts } = line as { ts?: string };
            return [{ at: Date.parse(ts ?? ''), line: line as Record<string, unknown> }];
          } catch {
            return [];
          }
        }),
    ),
  );
}

describe('what ran under which version', () => {
  it('is one version of everything while nothing was written', () => {
    const [only, ...others] = versionsOf('harbor');
    expect(others).toEqual([]);
    expect(only!.figures.query).toBe('agent:harbor day:..2026-06-08');
    expect(only!.figures.runs).toBe(matchRecords(store.tables(), only!.figures.query).total);
    expect(only!.figures.runs).toBeGreaterThan(100);
  });

  it('splits runs, cost, errors and evals at the moment of the write, and each figure is what its query gives', () => {
    save(
      '2026-05-20T10:30:00Z',
      'shorter answers',
      ['quill/persona/SOUL.md', '\nBe brief.\n'],
      ['quill/tools.md', '\n'],
    );
    save('2026-06-01T00:00:00Z', null, ['quill/model.md', '\n']);
    const versions = versionsOf('quill');
    expect(versions.map(({ number, label }) => [number, label])).toEqual([
      [3, null],
      [2, 'shorter answers'],
      [1, null],
    ]);
    expect(versions[1]!.changed).toEqual(['quill/persona/SOUL.md', 'quill/tools.md']);
    const all = lines('quill').filter(({ at }) => !Number.isNaN(at));
    let runs = 0;
    for (const { fromMicros, toMicros, figures } of versions) {
      const inside = all.filter(
        ({ at }) =>
          (fromMicros === null || at * 1000 >= fromMicros) && (toMicros === null || at * 1000 < toMicros),
      );
      expect(figures.runs).toBe(inside.length);
      expect(figures.errors).toBe(inside.filter(({ line }) => line['status'] === 'error').length);
      const dollars = inside.reduce(
        (sum, { line }) => sum + (typeof line['cost_usd'] === 'number' ? line['cost_usd'] : 0),
        0,
      );
      expect(figures.costMicros / 1e6).toBeCloseTo(dollars, 5);
      const matches = matchRecords(store.tables(), figures.query);
      expect([matches.total, matches.sum.costMicros]).toEqual([figures.runs, figures.costMicros]);
      expect(matchRecords(store.tables(), `${figures.query} status:error`).total).toBe(figures.errors);
      expect(matchRecords(store.tables(), `${figures.query} is:primary`).total).toBe(figures.primary);
      runs += figures.runs;
    }
    expect(runs).toBe(matchRecords(store.tables(), 'agent:quill day:..2026-06-08').total);
    expect(versions.reduce((sum, { figures }) => sum + figures.evals.count, 0)).toBeGreaterThan(10);
    expect(versions.filter(({ figures }) => figures.evals.count > 0).length).toBeGreaterThan(1);
  });

  it('counts what another program wrote since it was seen, and shows no version from after the day', () => {
    const old = Date.parse('2026-04-01T00:00:00Z') / 1000;
    const first = asOf('2026-05-10T08:00:00Z');
    const paths = personaPaths(first.folder, 'ledgerly');
    for (const path of paths) if (first.folder.isFile(path)) utimesSync(join(root, path), old, old);
    value(noteSeen(asOf('2026-05-10T08:00:00Z'), paths));
    const path = join(root, 'ledgerly/persona/SOUL.md');
    writeFileSync(path, `${readFileSync(path, 'utf8')}\nNever guess a figure.\n`);
    const when = Date.parse('2026-05-28T09:00:00Z') / 1000;
    utimesSync(path, when, when);
    const later = asOf('2026-05-28T09:00:01Z');
    value(noteSeen(later, personaPaths(later.folder, 'ledgerly')));
    const versions = versionsOf('ledgerly');
    expect(versions.map(({ how, changed }) => [how, changed.length])).toEqual([
      ['seen', 1],
      ['first', 0],
    ]);
    expect(versionsOf('ledgerly', '2026-05-20')).toHaveLength(1);
  });

  it('of a shared persona splits the runs of each agent that has it', () => {
    const paths = personaPaths(asOf('2026-06-01T00:00:00Z').folder, 'sentry');
    const soul = paths.find((one) => one.endsWith('SOUL.md'))!;
    expect(soul).toMatch(/^\.personas\//);
    save('2026-06-01T00:00:00Z', null, [soul, '\nStay calm.\n']);
    expect(versionsOf('sentry')).toHaveLength(2);
    expect(versionsOf('quill')).toHaveLength(1);
  });
});
