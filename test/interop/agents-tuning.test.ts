import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { TUNING_DECISIONS, type Change } from '../../src/contract/edits.ts';
import { editContext } from '../../src/core/agents/edit/context.ts';
import { editsToDecide } from '../../src/core/agents/parts/tuning-decide.ts';
import { readTuning } from '../../src/core/agents/parts/tuning.ts';
import { agentsRootAt } from '../../src/core/agents/root.ts';
import { realAnswers, type AnswerJob } from '../support/agents-answers.ts';
import { peerPython, projectRoot } from '../support/peers.ts';

type Decide = Extract<Change, { do: 'decide' }>;

const scratch = mkdtempSync(join(tmpdir(), 'vekscope-tuning-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const root = join(scratch, 'root');
cpSync(join(projectRoot, 'test/goldens/agents/fleet'), root, { recursive: true });
cpSync(join(projectRoot, 'test/goldens/agents/caldwell'), join(root, 'caldwell'), { recursive: true });
const found = agentsRootAt(root);
if (!found.ok || found.value === null) throw new Error('no agents');
const ctx = editContext(found.value, join(scratch, 'data'), null, 'window');
const report = 'quill/evals/tuning_reports/2026-06-02_proposal.md';
const original = readFileSync(join(root, report), 'utf8');
const put = (text: string): void => {
  writeFileSync(join(root, report), text);
  ctx.folder.refresh();
};
const shownOf = (path: string): string => {
  const file = ctx.folder.text(path);
  if (!file.ok) throw new Error(path);
  return file.value.sha256;
};

function decide(more: Partial<Decide> = {}) {
  const path = more.path ?? report;
  const change = {
    do: 'decide',
    path,
    shown: shownOf(path),
    proposal: 'quill-001',
    decision: 'accepted',
    notes: null,
  } as const;
  return editsToDecide(ctx, { ...change, ...more });
}

describe('a decision about a tuning proposal', () => {
  it('changes two values and no other byte', () => {
    put(original);
    const edits = decide({ notes: 'yes, but "softer"' });
    expect(edits.ok && edits.value[0]!.text).toBe(
      original
        .replace('operator_decision: pending', 'operator_decision: accepted')
        .replace('operator_notes: ""', 'operator_notes: "yes, but \\"softer\\""'),
    );
    put(
      original
        .replaceAll('\n', '\r\n')
        .replace('operator_decision: pending', 'operator_decision: pending # later'),
    );
    const crlf = decide({ decision: 'deferred' });
    expect(crlf.ok && crlf.value[0]!.text).toBe(
      original
        .replaceAll('\n', '\r\n')
        .replace('operator_decision: pending', 'operator_decision: deferred # later'),
    );
  });

  it('is refused in words where it would not be the right one', () => {
    put(original);
    expect(decide({ shown: '0'.repeat(64) })).toMatchObject({ ok: false, error: { kind: 'conflict' } });
    expect(decide({ proposal: 'quill-9' })).toMatchObject({ ok: false, error: { kind: 'not-found' } });
    expect(decide({ path: 'quill/model.md' })).toMatchObject({ ok: false, error: { kind: 'refused' } });
    put(original + original);
    expect(decide()).toMatchObject({ ok: false, error: { kind: 'ambiguous' } });
    put(original.replace('operator_decision: pending', 'operator_decision: &a pending'));
    expect(decide()).toMatchObject({ ok: false, error: { kind: 'refused' } });
  });
});

describe.skipIf(peerPython() === null)('the real package', () => {
  it('reads each decision of each sample, and would act on it', () => {
    put(original);
    const jobs: AnswerJob[] = [];
    const wanted: [string, string][] = [];
    for (const agent of ['quill', 'caldwell']) {
      for (const { path, sha256, proposals } of readTuning(ctx.folder, agent).reports) {
        for (const [i, { id }] of proposals.entries()) {
          const decision = TUNING_DECISIONS[1 + (i % 3)]!;
          const edits = editsToDecide(ctx, {
            do: 'decide',
            path,
            shown: sha256,
            proposal: id,
            decision,
            notes: `n ${i}: ok`,
          });
          if (!edits.ok) throw new Error(edits.error.message);
          const copy = join(scratch, `${agent}-${i}.md`);
          writeFileSync(copy, edits.value[0]!.text!);
          jobs.push({ do: 'tuning', path: copy });
          wanted.push([id, decision]);
        }
      }
    }
    expect(wanted.length).toBeGreaterThan(1);
    for (const [i, told] of (realAnswers(jobs) as string[][][]).entries()) {
      const [id, decision] = wanted[i]!;
      expect(told.find(([one]) => one === id)?.slice(0, 2)).toEqual([id, decision]);
    }
    const edits = decide();
    put(edits.ok ? edits.value[0]!.text! : '');
    const [summary] = realAnswers([{ do: 'apply', root, agent: 'quill', report: '2026-06-02_proposal.md' }]);
    expect(summary).toMatchObject({ accepted: 1, pending: 0 });
  });

  it('reads any note back as it was written', () => {
    const letters = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.constantFrom('```', '---', '\n---\n```', 'a\nb', '"\\', '# no', ': x', '\u2028', '\t'),
    );
    const before = fc.constantFrom(
      'operator_notes: ""',
      'operator_notes:',
      "operator_notes: 'it''s'",
      'operator_notes: |\n  two\n  lines',
      'operator_notes: plain\n  going on',
      'other: 1',
      'operator_notes: "x"\nlast: y',
    );
    fc.assert(
      fc.property(
        fc.array(fc.record({ notes: letters, before, crlf: fc.boolean() }), { minLength: 60, maxLength: 60 }),
        (cases) => {
          const jobs = cases.map(({ notes, before: line, crlf }, i): AnswerJob => {
            const text = original.replace('operator_notes: ""', line);
            put(crlf ? text.replaceAll('\n', '\r\n') : text);
            const edits = decide({ notes });
            if (!edits.ok) throw new Error(edits.error.message);
            const path = join(scratch, `case-${i}.md`);
            writeFileSync(path, edits.value[0]!.text!);
            if (crlf) expect(edits.value[0]!.text).not.toMatch(/(?<!\r)\n/);
            put(edits.value[0]!.text!);
            expect(readTuning(ctx.folder, 'quill').reports[0]!.proposals[0]).toMatchObject({
              decision: 'accepted',
            });
            return { do: 'tuning', path };
          });
          for (const [i, told] of (realAnswers(jobs) as string[][][]).entries()) {
            expect(told[0]!.slice(0, 3)).toEqual([
              'quill-001',
              'accepted',
              cases[i]!.notes.replaceAll(/\r\n?/g, '\n'),
            ]);
          }
        },
      ),
      { numRuns: 4, endOnFailure: true },
    );
  });
});
