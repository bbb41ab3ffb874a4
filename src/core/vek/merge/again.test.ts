import { rmSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { addCalls, writeHistory, type HistoryCall } from '../../../../test/support/history.ts';
import { analysisOf, openPaths, textOf } from '../../../../test/support/merging.ts';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { value } from '../../../../test/support/writes.ts';
import type { DocumentDecision } from '../../../contract/merge.ts';
import { applyPlan } from '../apply.ts';
import { repositoryAt } from '../paths.ts';
import { planMerge } from '../plan-merge.ts';
import type { Analysis, AnalysedDocument } from './analysis.ts';
import { resolvedOf } from './resolved.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const edit = (doc: string, output: string, second: number, after?: number): HistoryCall => ({
  tool: 'edit',
  input: `{"doc":"${doc}"}`,
  output,
  second,
  ...(after === undefined ? {} : { after }),
});

/** Writes the merge that an analysis and decisions come to; the hash of its node. */
function merge(folder: string, analysis: Analysis, decisions: readonly DocumentDecision[]): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'vekscope-data-'));
  folders.push(dataDir);
  const paths = repositoryAt(folder)!;
  const { into, from } = analysis;
  const { plan, contents } = value(
    planMerge(
      paths,
      {
        into: into.name,
        from: from.name,
        tips: { ours: into.tip, theirs: from.tip },
        resolved: value(resolvedOf(analysis, decisions)),
      },
      { dataDir },
    ),
  );
  value(applyPlan(paths, plan, { dataDir }, contents));
  return plan.makes!.node.hash;
}

const documentIn = ({ documents }: Analysis, doc: string): AnalysedDocument | undefined =>
  documents.find(({ identityText }) => identityText === `{"doc":"${doc}"}`);

it('merging again goes on from what was decided: the base is the earlier merge', () => {
  const { folder, hashes } = writeHistory(
    [
      edit('a', '{"x":0,"y":0,"z":0}', 0),
      edit('b', '0', 1),
      edit('a', '{"x":1,"y":0,"z":0}', 2),
      edit('a', '{"x":2,"y":2,"z":0}', 3, 1),
      edit('b', '1', 4),
    ],
    { main: 2, other: 4 },
  );
  folders.push(folder);
  const first = analysisOf(folder, 'main', 'other');
  expect(openPaths(documentIn(first, 'a')!)).toEqual(['/x']);
  const choices = [{ unit: '/x', choice: { take: 'edit', text: '7' } as const }];
  const node = merge(folder, first, [
    { document: documentIn(first, 'a')!.id, whole: null, reopened: false, choices },
  ]);
  expect(analysisOf(folder, 'main', 'other').already).toBe(true);
  expect(analysisOf(folder, 'other', 'main').documents.map(({ state }) => state)).toEqual(['theirs']);

  // Both go on: main from the merge, the other branch from a fork of the merge.
  hashes.push(node);
  const at = hashes.length - 1;
  addCalls(folder, hashes, [edit('a', '{"x":7,"y":2,"z":3}', 10, at)], { main: at + 1 });
  addCalls(folder, hashes, [edit('a', '{"x":7,"y":4,"z":0}', 11, at)], { next: at + 2 });
  const second = analysisOf(folder, 'main', 'next');
  expect(second.bases).toEqual([node]);
  const document = documentIn(second, 'a')!;
  expect(document.state).toBe('merged');
  expect(textOf(document.base)).toBe('{"x":7,"y":2,"z":0}');
  expect(document.base).toMatchObject({ call: null, merge: node });
  expect(second.documents).toHaveLength(1);
  expect(second.notes).toEqual([]);

  // The old branch went on as well, from before the merge: its last call there is the base, not the merge.
  addCalls(folder, hashes, [edit('a', '{"x":2,"y":9,"z":0}', 12, 4)], { other: at + 3 });
  const third = analysisOf(folder, 'main', 'other');
  expect(third.bases).toEqual([hashes[4]]);
  const old = documentIn(third, 'a')!;
  expect([textOf(old.base), textOf(old.ours), textOf(old.theirs)]).toEqual([
    '{"x":2,"y":2,"z":0}',
    '{"x":7,"y":2,"z":3}',
    '{"x":2,"y":9,"z":0}',
  ]);
  expect(old.state).toBe('merged');
  expect(documentIn(third, 'b')).toBeUndefined();

  const again = merge(folder, third, []);
  hashes.push(again);
  const last = analysisOf(folder, 'next', 'main');
  expect(last.bases).toEqual([node]);
  expect(textOf(documentIn(last, 'a')!.theirs)).toBe('{"x":7,"y":9,"z":3}');
  expect(documentIn(last, 'a')!.theirs).toMatchObject({ call: null, merge: again });
  expect(openPaths(documentIn(last, 'a')!)).toEqual(['/y']);
});

it('a side that was taken whole stays the output of its call, and a document that was taken out stays away', () => {
  const { folder, hashes } = writeHistory(
    [edit('x', '0', 0), edit('a', '1', 1), edit('n', '1', 2), edit('a', '2', 3, 0), edit('n', '2', 4)],
    { main: 2, other: 4 },
  );
  folders.push(folder);
  const first = analysisOf(folder, 'main', 'other');
  const node = merge(folder, first, [
    { document: documentIn(first, 'a')!.id, whole: 'theirs', reopened: false, choices: [] },
    { document: documentIn(first, 'n')!.id, whole: 'base', reopened: false, choices: [] },
  ]);
  hashes.push(node);
  const at = hashes.length - 1;
  addCalls(folder, hashes, [edit('a', '5', 10, at)], { main: at + 1 });
  addCalls(folder, hashes, [edit('a', '6', 11, at), edit('n', '7', 12)], { next: at + 3 });
  const second = analysisOf(folder, 'main', 'next');
  expect(second.bases).toEqual([node]);
  expect(documentIn(second, 'a')!.base).toMatchObject({ call: hashes[3], merge: null });
  expect(documentIn(second, 'n')).toMatchObject({ state: 'theirs', base: { content: { kind: 'absent' } } });
});

const save = (title: string, rev: number, output: string, after?: number): HistoryCall => ({
  tool: 'save',
  input: `{"rev":${rev},"title":"${title}"}`,
  output,
  second: rev,
  ...(after === undefined ? {} : { after }),
});

it('what counted as one document in an earlier merge still does, whatever is called last', () => {
  const { folder, hashes } = writeHistory(
    [
      save('plan', 0, '{"n":0,"t":"0"}'),
      save('plan', 1, '{"n":0,"t":"main"}'),
      save('plan', 2, '{"n":0,"t":"side"}', 0),
    ],
    { main: 1, side: 2 },
  );
  folders.push(folder);
  const first = analysisOf(folder, 'main', 'side');
  expect(first.rules).toMatchObject([{ rule: { pointers: ['/title'] }, reason: 'equal-fields' }]);
  const decision: DocumentDecision = {
    document: first.documents[0]!.id,
    whole: null,
    reopened: false,
    choices: [{ unit: '/t', choice: { take: 'theirs' } }],
  };
  hashes.push(merge(folder, first, [decision]));
  addCalls(folder, hashes, [save('other', 3, '7', 3), save('plan', 4, '{"n":9,"t":"side"}', 2)], {
    main: 4,
    side: 5,
  });
  const again = analysisOf(folder, 'main', 'side');
  expect(again.rules).toMatchObject([{ rule: { by: 'fields', pointers: ['/title'] }, confirmed: true }]);
  expect(again.notes).toEqual([]);
  expect(again.documents.map(({ title, state }) => [title, state])).toEqual([
    ['other', 'ours'],
    ['plan', 'theirs'],
  ]);
});
