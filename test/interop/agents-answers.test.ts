import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { Change, ResolutionVerb } from '../../src/contract/edits.ts';
import type { Escalation } from '../../src/contract/escalations.ts';
import { editContext, type EditContext } from '../../src/core/agents/edit/context.ts';
import { readEscalation, readEscalations } from '../../src/core/agents/escalations/read.ts';
import { editsToResolve } from '../../src/core/agents/escalations/resolve.ts';
import { agentsRootAt } from '../../src/core/agents/root.ts';
import { yamlLines } from '../../src/core/yaml/yaml-write.ts';
import { parseJson } from '../../src/core/json/parse.ts';
import { realAnswers, type Acted, type MadeItem, type Polled } from '../support/agents-answers.ts';
import { peerPython, projectRoot } from '../support/peers.ts';

const scratch = mkdtempSync(join(tmpdir(), 'vekscope-answers-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

type Resolve = Extract<Change, { do: 'resolve' }>;
type Answer = Pick<Resolve, 'verb' | 'by' | 'note' | 'amendment'>;
const DECISIONS = {
  Approved: 'approved',
  Denied: 'denied',
  Redacted: 'redacted',
  Revised: 'operator_revised',
} as const;

function contextOf(root: string): EditContext {
  const found = agentsRootAt(root);
  if (!found.ok || found.value === null) throw new Error('no agents');
  return editContext(found.value, join(scratch, 'data'), null, 'terminal');
}

function escalationAt(ctx: EditContext, path: string): Escalation {
  ctx.folder.refresh();
  const one = readEscalation(ctx.folder, path, ctx.nowMicros());
  if (one === null) throw new Error(path);
  return one;
}

/** The text that an answer makes of a file. */
function answered(ctx: EditContext, path: string, answer: Answer): string {
  const proposal = escalationAt(ctx, path).proposalSha256!;
  const edits = editsToResolve(ctx, { do: 'resolve', path, proposal, ...answer });
  if (!edits.ok) throw new Error(`${edits.error.message} ${edits.error.hint}`);
  expect(edits.value).toHaveLength(1);
  return edits.value[0]!.text!;
}

/** An agent without a provider whose judges let rules decide. */
function agentAt(root: string, name: string): void {
  const dir = join(root, name);
  const files = {
    'persona/IDENTITY.md': '# Identity\n',
    'persona/SOUL.md': '# Soul\n',
    'persona/USER.md': '# User\n',
    'memory/INDEX.md': '# Memory Index\n',
    'model.md': '## Default model\n\n`gpt-5-mini`\n',
    'tools.md': `## Write paths\n\n- \`${dir}/memory/\`\n`,
    'judges.md':
      '# Judges\n\n```yaml\nbackend: rules\nescalation:\n  resolution_poll_cycle_seconds: 0\n```\n',
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    writeFileSync(join(dir, file), text);
  }
}

const item = (id: string, more: Partial<MadeItem> = {}): MadeItem => ({
  id,
  tool: 'mail__send',
  arguments: { to: 'desk@example.invalid', text: 'Hello\nworld', count: 3 },
  reason: 'No standing permission.',
  ...more,
});

const AMENDMENT = 'tool_arguments:\n  to: other@example.invalid\n  text: "softer: text"\n';
const amendmentFor = (verb: ResolutionVerb): string | null => (verb === 'Revised' ? AMENDMENT : null);
const VERBS = Object.keys(DECISIONS) as ResolutionVerb[];

describe.skipIf(peerPython() === null)('an answer to an escalation', () => {
  it('to each one that waits in the samples is taken by the package as it was given', () => {
    const root = join(scratch, 'fleet');
    cpSync(join(projectRoot, 'test/goldens/agents/fleet'), root, { recursive: true });
    const ctx = contextOf(root);
    const waiting = readEscalations(ctx.folder, ctx.nowMicros()).escalations.filter(
      ({ closed }) => closed === null,
    );
    expect(waiting.map(({ verdict }) => verdict)).toEqual(['pending', 'pending']);
    const cases = waiting.flatMap(({ path }) =>
      VERBS.flatMap((verb) =>
        ['\n', '\r\n'].map((end) => {
          const before = readFileSync(join(root, path), 'utf8');
          writeFileSync(join(root, path), before.replaceAll('\n', end));
          const text = answered(ctx, path, {
            verb,
            by: "Zoë O'Brien-Müller",
            note: 'see: "it" `now` – ok',
            amendment: amendmentFor(verb),
          });
          writeFileSync(join(root, path), before);
          if (end === '\r\n') expect(text).not.toMatch(/(?<!\r)\n/);
          return { verb, text };
        }),
      ),
    );
    const polled = realAnswers(cases.map(({ text }) => ({ do: 'poll', text }))) as Polled[];
    for (const [i, { verb }] of cases.entries()) {
      expect(polled[i]!.warnings).toEqual([]);
      expect(polled[i]!.events).toHaveLength(1);
      const taken = polled[i]!.events[0]!;
      expect(taken).toMatchObject({ decision: DECISIONS[verb], by: "Zoë O'Brien-Müller" });
      expect(taken.at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/);
      if (verb === 'Revised') {
        expect(taken.reason.startsWith('see: "it" `now` – ok')).toBe(true);
        expect(taken.amendment).toMatchObject({
          judge_note: 'operator amendment',
          tool_arguments: { to: 'other@example.invalid', text: 'softer: text' },
        });
      } else {
        expect(taken.reason).toBe('see: "it" `now` – ok');
      }
    }
  });

  it('that was ignored counts once its state is changed, and only that', () => {
    const root = join(scratch, 'ignored');
    cpSync(join(projectRoot, 'test/goldens/agents/fleet'), root, { recursive: true });
    const ctx = contextOf(root);
    const { escalations } = readEscalations(ctx.folder, ctx.nowMicros());
    const one = escalations.find(({ ignored }) => ignored !== null)!;
    const before = readFileSync(join(root, one.path), 'utf8');
    const text = answered(ctx, one.path, { ...one.ignored!, note: null, amendment: null });
    expect(text).toBe(before.replace('state: pending', 'state: resolved'));
    const [was, is] = realAnswers([before, text].map((file) => ({ do: 'poll', text: file }))) as Polled[];
    expect(was!.events).toEqual([]);
    expect(is!.events[0]).toMatchObject({ decision: 'approved', by: 'operator' });
  });

  it('is acted upon once: approved is done, denied and redacted are not, amended is done as amended', () => {
    const root = join(scratch, 'act');
    agentAt(root, 'a');
    const wipe = { tool: 'disk__wipe' } as const;
    const items = [item('p-1'), item('p-2'), item('p-3'), item('p-4'), item('p-5', wipe), item('p-6', wipe)];
    const paths = realAnswers([{ do: 'make', root, agent: 'a', items }])[0] as string[];
    const ctx = contextOf(root);
    const answers: [number, ResolutionVerb][] = [
      [0, 'Approved'],
      [1, 'Denied'],
      [2, 'Redacted'],
      [3, 'Revised'],
      [4, 'Revised'],
    ];
    for (const [at, verb] of answers) {
      const path = paths[at]!;
      const text = answered(ctx, path, { verb, by: 'lee', note: null, amendment: amendmentFor(verb) });
      writeFileSync(join(root, path), text);
    }
    const acted = realAnswers([{ do: 'act', root, agent: 'a' }])[0] as Acted;
    expect(acted.first.map(({ decision, by }) => [decision, by]).toSorted()).toEqual(
      answers.map(([, verb]) => [DECISIONS[verb], 'lee']).toSorted(),
    );
    expect(acted.again).toEqual([]);
    const amended = { to: 'other@example.invalid', text: 'softer: text' };
    expect(acted.calls.filter(([tool]) => tool === 'mail__send')).toEqual([
      ['mail__send', items[0]!.arguments],
      ['mail__send', amended],
    ]);
    // what is of high risk as amended is judged a second time
    expect(acted.triggers).toContainEqual(['escalation_operator_revise_re_judge', 'p-5']);
    expect(acted.triggers).not.toContainEqual(['escalation_operator_revise_re_judge', 'p-4']);
    expect(acted.triggers.filter(([, id]) => id === 'p-6')).toEqual([]);
    expect(escalationAt(ctx, paths[0]!)).toMatchObject({ verdict: 'approved', executed: true });
    expect(escalationAt(ctx, paths[0]!).closed).toContain('marker');
    expect(escalationAt(ctx, paths[5]!).closed).toBeNull();
  });

  const root = join(scratch, 'fuzz');
  const nameLetter = fc.constantFrom(...Array.from("aZéßжم你9_-.@' ٣"));
  const name = fc.string({ unit: nameLetter, minLength: 1, maxLength: 128 });
  const anyName = fc.oneof(name, fc.string({ unit: 'grapheme', maxLength: 140 }));
  const line = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 80 }),
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.constantFrom('### Denied by x', 'amendment:', '```yaml', 'resolved_at: 1', '  a  ', '---', '"’”: #'),
  );
  const json = fc.letrec<{ value: unknown; map: Record<string, unknown> }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      line.filter((text) => text.isWellFormed()),
      fc.constantFrom(
        'yes',
        '2026-06-01',
        '1e3',
        '0x1f',
        'null',
        '~',
        'a: b',
        'x #y',
        '```',
        'a\n```\nb',
        ' a\n b\n',
      ),
      fc
        .array(fc.constantFrom('a', '  b', '', '\t', '# c', '- d', '```'), { maxLength: 6 })
        .map((rows) => rows.join('\n')),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 3 }),
      tie('map'),
    ),
    map: fc.dictionary(
      fc.oneof(
        fc.constantFrom('to', 'note', 'resolved_at', 'on', '1', 'a b', '<<', '='),
        fc.string({ maxLength: 12 }),
      ),
      tie('value'),
      { maxKeys: 4, noNullPrototype: true },
    ),
  })).map;
  const one = fc.record({
    verb: fc.constantFrom(...VERBS),
    by: anyName,
    note: fc.option(line, { nil: null }),
    args: json,
    crlf: fc.boolean(),
    tail: fc.constantFrom(
      '',
      '\n',
      'Left by hand.',
      '\n\n## Notes\n\nkeep: me\n',
      '\n### Aproved by x\n',
      '\n#\n',
    ),
  });

  it('is taken exactly as given whatever was typed, or refused with words', { timeout: 120_000 }, () => {
    agentAt(root, 'a');
    const [path] = realAnswers([{ do: 'make', root, agent: 'a', items: [item('p-1')] }])[0] as string[];
    const before = readFileSync(join(root, path!), 'utf8');
    const ctx = contextOf(root);
    let taken = 0;
    fc.assert(
      fc.property(fc.array(one, { minLength: 120, maxLength: 120 }), (cases) => {
        const made = cases.flatMap((given) => {
          const file = (before + given.tail).replaceAll('\n', given.crlf ? '\r\n' : '\n');
          writeFileSync(join(root, path!), file);
          const { proposalSha256, closed } = escalationAt(ctx, path!);
          expect(closed).toBeNull();
          const tree = parseJson(JSON.stringify({ tool_arguments: given.args }));
          if (!tree.ok) throw new Error('no JSON');
          const amendment = given.verb === 'Revised' ? `${yamlLines(tree.node).join('\n')}\n` : null;
          const { verb, by, note } = given;
          const change = {
            do: 'resolve',
            path: path!,
            proposal: proposalSha256!,
            verb,
            by,
            note,
            amendment,
          } as const;
          const edits = editsToResolve(ctx, change);
          if (!edits.ok) {
            expect(edits.error.message).not.toBe('');
            expect(edits.error.kind).toBe('bad-request');
            return [];
          }
          return [{ ...given, text: edits.value[0]!.text! }];
        });
        const polled = realAnswers(made.map(({ text }) => ({ do: 'poll', text }))) as Polled[];
        for (const [i, { verb, by, note, args, text }] of made.entries()) {
          const event = polled[i]!.events[0];
          expect(event, text).toMatchObject({ decision: DECISIONS[verb], by: by.trim() });
          if (verb === 'Revised')
            expect(event!.amendment?.tool_arguments, text).toEqual(JSON.parse(JSON.stringify(args)));
          else expect(event!.reason).toBe(pyTrim(note ?? ''));
          taken++;
        }
      }),
      { numRuns: 4, endOnFailure: true },
    );
    expect(taken).toBeGreaterThan(100);
  });
});

const pyTrim = (text: string): string =>
  // oxlint-disable-next-line no-control-regex -- what Python's strip takes
  text.replace(/^[\s\u001c-\u001f\u0085]+|[\s\u001c-\u001f\u0085]+$/g, '');
