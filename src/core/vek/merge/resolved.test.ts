import { rmSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { copyGolden } from '../../../../test/support/goldens.ts';
import { writeHistory, type HistoryCall } from '../../../../test/support/history.ts';
import { analysisOf } from '../../../../test/support/merging.ts';
import { failure, value } from '../../../../test/support/writes.ts';
import type { DocumentDecision } from '../../../contract/merge.ts';
import { canonicalText } from '../../json/canonical.ts';
import type { JsonNode } from '../../json/tree.ts';
import { repositoryAt } from '../paths.ts';
import { lookAtVek } from '../store.ts';
import { resolvedOf } from './resolved.ts';
import type { Analysis } from './analysis.ts';

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

function textOf(node: JsonNode | undefined): string | null {
  const canonical = node === undefined ? null : canonicalText(node);
  return canonical === null ? null : canonical.ok ? canonical.text : canonical.reason;
}

const decision = (document: string, over: Partial<DocumentDecision>): DocumentDecision => ({
  document,
  whole: null,
  reopened: false,
  choices: [],
  ...over,
});

/** One document that both changed, one that each side changed, and one that both changed equally. */
function four(): { folder: string; analysis: Analysis; id: (doc: string) => string } {
  const calls = [
    edit('both', '{"x":0,"y":0}', 0),
    edit('left', '0', 1),
    edit('right', '0', 2),
    edit('equal', '0', 3),
    edit('both', '{"x":1,"y":1}', 4),
    edit('left', '1', 5),
    edit('equal', '1', 6),
    edit('both', '{"x":2,"y":0,"z":2}', 7, 3),
    edit('right', '2', 8),
    edit('equal', '1', 9),
  ];
  const { folder } = writeHistory(calls, { main: 6, other: 9 });
  folders.push(folder);
  const analysis = analysisOf(folder, 'main', 'other');
  const id = (doc: string): string =>
    analysis.documents.find(({ identityText }) => identityText === `{"doc":"${doc}"}`)!.id;
  return { folder, analysis, id };
}

function settled(over: Partial<DocumentDecision>, doc: string): ReturnType<typeof resolvedOf> {
  const { analysis, id, folder } = four();
  const rest = doc === 'both' ? [] : [decision(id('both'), { whole: 'ours' })];
  return value(
    lookAtVek(repositoryAt(folder)!, (s) => resolvedOf(analysis, [...rest, decision(id(doc), over)], s)),
  );
}

/** What the merge node says under a decision about one document: identity, how and output. */
function entry(over: Partial<DocumentDecision>, doc = 'both'): unknown[] {
  return value(settled(over, doc)).map(({ identity, how, output }) => [
    textOf(identity),
    how,
    textOf(output),
  ]);
}

function plan(goal: string, second: number, after?: number): HistoryCall {
  const place = after === undefined ? { second } : { second, after };
  return { tool: 'plan', input: `{"goal":"${goal}"}`, output: `"${goal}"`, ...place };
}

describe('what a merge node says of documents', () => {
  const both = '{"doc":"both"}';

  it('takes whole sides, choices and typed values, and names a result by where it is from', () => {
    expect(entry({ whole: 'ours' })).toEqual([[both, 'current', '{"x":1,"y":1}']]);
    expect(entry({ whole: 'theirs' })).toEqual([[both, 'target', '{"x":2,"y":0,"z":2}']]);
    expect(entry({ whole: 'base' })).toEqual([[both, 'base', '{"x":0,"y":0}']]);
    const choose = (...choices: DocumentDecision['choices']): unknown[] => entry({ choices });
    expect(choose({ unit: '/x', choice: { take: 'theirs' } })).toEqual([
      [both, 'merged', '{"x":2,"y":1,"z":2}'],
    ]);
    expect(choose({ unit: '/x', choice: { take: 'edit', text: ' [1.0] ' } })).toEqual([
      [both, 'edited', '{"x":[1.0],"y":1,"z":2}'],
    ]);
    expect(
      choose({ unit: '/x', choice: { take: 'edit', text: '1' } }, { unit: '/z', choice: { take: 'ours' } }),
    ).toEqual([[both, 'current', '{"x":1,"y":1}']]);
    expect(
      choose(
        { unit: '/x', choice: { take: 'base' } },
        { unit: '/y', choice: { take: 'base' } },
        { unit: '/z', choice: { take: 'base' } },
      ),
    ).toEqual([[both, 'base', '{"x":0,"y":0}']]);
  });

  it('lists what one side changed only where that was overruled', () => {
    expect(entry({ whole: 'theirs' }, 'left')).toEqual([
      [both, 'current', '{"x":1,"y":1}'],
      ['{"doc":"left"}', 'target', '0'],
    ]);
    expect(entry({ whole: 'base' }, 'right')).toContainEqual(['{"doc":"right"}', 'base', '0']);
    expect(entry({ whole: 'ours' }, 'left')).toHaveLength(1);
    expect(entry({ whole: 'theirs' }, 'equal')).toHaveLength(1);
    expect(entry({ whole: 'base' }, 'equal')).toContainEqual(['{"doc":"equal"}', 'base', '0']);
  });

  it('says what is open, and what fits nothing', () => {
    const { analysis, id } = four();
    const fails = (...decisions: DocumentDecision[]) => failure(resolvedOf(analysis, decisions));
    expect(fails()).toMatchObject({ kind: 'conflict', message: 'A place is not settled: both /x.' });
    const reopened = decision(id('both'), { reopened: ['/y'] });
    expect(fails(reopened).message).toBe('2 places are not settled: both /x, both /y.');
    expect(fails(decision(id('both'), { reopened: true })).message).toContain('3 places');
    const whole = decision(id('both'), { whole: 'ours' });
    expect(fails(whole, decision(id('left'), { reopened: true })).message).toContain('left');
    expect(fails(whole, whole)).toMatchObject({ kind: 'bad-request' });
    expect(fails(decision('0'.repeat(16), {})).message).toContain('has no document 0000');
    expect(fails(decision(id('both'), { reopened: ['/none'] })).message).toContain('no place “/none”');
    expect(
      fails(decision(id('left'), { choices: [{ unit: '', choice: { take: 'base' } }] })).message,
    ).toContain('no place “”');
    const edits = decision(id('both'), { choices: [{ unit: '/x', choice: { take: 'edit', text: '{' } }] });
    expect(fails(edits)).toMatchObject({ kind: 'bad-request' });
    const twoBoth = decision(id('both'), {
      choices: [{ unit: '/x', choice: { take: 'both', first: 'ours' } }],
    });
    expect(fails(twoBoth)).toMatchObject({ kind: 'bad-request' });
    expect(fails(whole, decision(id('left'), { whole: 'base' }))).toMatchObject({ kind: 'unreadable' });
  });

  it('an assumption must be confirmed first', () => {
    const { folder } = writeHistory([plan('a', 0), plan('b', 1), plan('c', 2, 0)], { main: 1, other: 2 });
    folders.push(folder);
    const assumed = analysisOf(folder, 'main', 'other');
    expect(assumed.rules).toMatchObject([
      { tool: 'plan', reason: 'assumed', confirmed: false, documents: 2 },
    ]);
    expect(failure(resolvedOf(assumed, []))).toMatchObject({
      kind: 'conflict',
      message: 'It is not confirmed what counts as one document of plan.',
    });
    const confirmed = analysisOf(folder, 'main', 'other', { plan: { by: 'call' } });
    expect(value(resolvedOf(confirmed, []))).toEqual([]);
    const one = analysisOf(folder, 'main', 'other', { plan: { by: 'tool' } });
    expect(one.documents.map(({ state }) => state)).toEqual(['conflicts']);
  });

  it('a side whose output is no JSON is taken as it is', () => {
    const folder = copyGolden('conflict');
    folders.push(folder);
    const analysis = analysisOf(folder, 'ours', 'theirs');
    const document = { ...analysis.documents[0]!, merge: null, opaque: 'why' };
    const spoiled = {
      ...document,
      theirs: { ...document.theirs!, content: { kind: 'opaque', why: 'is no JSON' } },
    } as const;
    const take = (whole: 'ours' | 'theirs') =>
      resolvedOf({ ...analysis, documents: [spoiled] }, [decision(document.id, { whole })]);
    expect(value(take('theirs'))).toMatchObject([{ how: 'target', output: undefined }]);
    expect(value(take('ours'))[0]!.output).toBeDefined();
    const lost = {
      ...document,
      theirs: { ...document.theirs!, content: { kind: 'unknown', why: 'Lost' } },
    } as const;
    expect(
      failure(resolvedOf({ ...analysis, documents: [lost] }, [decision(document.id, { whole: 'theirs' })])),
    ).toMatchObject({ kind: 'refused', message: 'What theirs has of trip is not known. Lost.' });
  });
});
