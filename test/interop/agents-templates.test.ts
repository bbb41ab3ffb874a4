import { rmSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { editsToJournal } from '../../src/core/agents/edit/journal.ts';
import { templatesFor } from '../../src/core/agents/edit/templates.ts';
import { realMade } from '../support/agents-made.ts';
import { peerPython } from '../support/peers.ts';
import { joined, prose, TODAY } from '../support/template-answers.ts';
import { checks } from '../support/template-checks.ts';
import { base, contextOf, make, newRoot, put } from '../support/template-root.ts';

afterAll(() => rmSync(base, { recursive: true, force: true }));

type Row = Readonly<Record<string, unknown>>;

/** The file that a template needs not to be there. */
const REPLACES: Readonly<Record<string, string>> = {
  'tools-of-new': 'elm/tools.md',
  'model-of-new': 'elm/model.md',
  'persona-identity-of-new': 'oak/persona/IDENTITY.md',
  'persona-soul-of-new': 'oak/persona/SOUL.md',
  'persona-user-of-new': 'oak/persona/USER.md',
};

describe.skipIf(peerPython() === null)('a template with any answers', () => {
  it('makes what the real package reads back as the very answers', () => {
    const cases = fc.tuple(...checks.map((check) => fc.array(check.values, { minLength: 4, maxLength: 4 })));
    fc.assert(
      fc.property(cases, (all) => {
        const asked = checks.flatMap((check, i) =>
          all[i]!.map((values) => {
            const root = newRoot();
            const replaced = REPLACES[check.id];
            if (replaced !== undefined) rmSync(join(root, replaced), { force: true });
            const paths = make(root, check.agent, check.id.replace(/-of-new$/, ''), values);
            return { check, values, job: check.ask(root, paths, values) };
          }),
        );
        const real = realMade(asked.map(({ job }) => job));
        for (const [i, { check, values }] of asked.entries()) {
          const about = `${check.id} ${JSON.stringify(values)}`;
          expect(real[i]!.error, about).toBeUndefined();
          expect(real[i]!.ok, about).toEqual(check.says(values));
          // the doctor of the package knows of no shared personas: it misses the file in every agent with one
          const known =
            check.id === 'shared-persona' ? ['vault: required files missing: persona/IDENTITY.md'] : [];
          expect((real[i]!.ok as Row | null)?.['failed'] ?? known, about).toEqual(known);
        }
      }),
      {
        numRuns: 3,
        endOnFailure: true,
        reporter: (run) => {
          if (run.failed) throw new Error(`Seed ${run.seed}`, { cause: run.errorInstance });
        },
      },
    );
  });

  it('is there for every kind that is offered', () => {
    const ctx = contextOf(newRoot());
    const offered = ['elm', null].flatMap((agent) => {
      const all = templatesFor(ctx, agent);
      return all.ok ? all.value.map(({ id: one }) => one) : [];
    });
    const tested = new Set(checks.map((check) => check.id.replace(/-of-new$/, '')));
    const fixed = ['memory-index', 'wiki-index', 'persona-link', 'eval-rubric'];
    expect(offered.filter((one) => !tested.has(one)).toSorted()).toEqual(fixed.toSorted());
  });
});

describe.skipIf(peerPython() === null)('an entry of the journal', () => {
  it('is what the real package reads as the newest one', () => {
    fc.assert(
      fc.property(fc.array(joined(prose), { minLength: 1, maxLength: 3 }), (texts) => {
        const root = newRoot();
        let whole = '';
        for (const text of texts.filter((one) => one !== '')) {
          const edits = editsToJournal(contextOf(root), 'elm', text);
          if (!edits.ok) throw new Error(edits.error.message);
          const [edit] = edits.value;
          expect(edit!.text!.startsWith(whole)).toBe(true);
          expect(edit!.text).toContain(text);
          whole = edit!.text!;
          put(root, edit!.path, whole);
        }
        const [real] = realMade([{ do: 'journal', root, agent: 'elm' }]);
        expect(real!.ok).toEqual(whole === '' ? [] : [{ date: TODAY, text: whole }]);
      }),
      { numRuns: 3 },
    );
  });
});
