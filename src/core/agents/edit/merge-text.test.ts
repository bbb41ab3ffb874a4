import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { automatic, takeAll } from '../../merge/choices.ts';
import { resolve } from '../../merge/resolve.ts';
import type { ChoiceOf } from '../../merge/unit.ts';
import { keyedText } from './merge-keys.ts';
import { regionsOf } from './merge-split.ts';
import { mergeFileText, sideOf, type FileTexts } from './merge-text.ts';

const word = fc.constantFrom('a', 'bé', '“q”', '日本', 'x: y', '- z', '#h', '  in', '', '---', '```', 'true');
const line = fc.array(word, { maxLength: 3 }).map((words) => words.join(' '));
const keyName = fc.constantFrom('name', 'title', 'tags', 'status', '"quoted"', 'when', 'ключ', '1');
const value = fc.constantFrom(
  ' one',
  ' "two: 2"',
  ' 2026-01-02',
  '',
  '\n  - a\n  - b',
  ' |\n  text\n\n  more',
  ' [a, b]',
  ' # why',
);
const entry = fc
  .tuple(fc.constantFrom('', '# about it\n', '# two\n# lines\n', '\n'), keyName, value)
  .map(([above, key, text]) => `${above}${key}:${text}\n`);
const yaml = fc.array(entry, { maxLength: 5 }).map((entries) => entries.join(''));
const block = yaml.map((text) => `\`\`\`yaml\n${text}\`\`\`\n`);
const prose = fc.array(line, { maxLength: 6 }).map((list) => list.map((text) => `${text}\n`).join(''));
const body = fc.array(fc.oneof(prose, block), { maxLength: 4 }).map((parts) => parts.join(''));
const note = fc
  .record({
    bom: fc.boolean(),
    header: fc.option(yaml),
    body,
    end: fc.constantFrom('', 'no line end', '\n'),
    crlf: fc.boolean(),
  })
  .map(({ bom, header, body: text, end, crlf }) => {
    const whole = `${bom ? '\uFEFF' : ''}${header === null ? '' : `---\n${header}---\n`}${text}${end}`;
    return crlf ? whole.replaceAll('\n', '\r\n') : whole;
  });
const anyText = fc.oneof(note, fc.string({ unit: 'grapheme' }), yaml);
/** A text with some of its lines gone, doubled or other ones. */
const changed = (text: string) =>
  fc
    .array(fc.tuple(fc.nat(30), fc.constantFrom('drop', 'double', 'other'), line), { maxLength: 3 })
    .map((acts) => {
      const lines = text.split(/(?<=\n)/);
      for (const [at, act, other] of acts) {
        const i = at % Math.max(lines.length, 1);
        if (act === 'drop') lines.splice(i, 1);
        else if (act === 'double') lines.splice(i, 0, lines[i] ?? '');
        else lines[i] = `${other}${/\r?\n$/.exec(lines[i] ?? '')?.[0] ?? ''}`;
      }
      return lines.join('');
    });
const three = note.chain((base) =>
  fc.record({
    base: fc.constant(base),
    ours: fc.oneof(changed(base), note),
    theirs: fc.oneof(changed(base), note),
  }),
);
const paths = fc.constantFrom('a/memory/n.md', 'a/x.yaml', 'a/x.txt');

const textOf = (path: string, texts: FileTexts, choice: ChoiceOf = automatic, known = true): string => {
  const resolved = resolve(mergeFileText(path, texts, known).merge, choice);
  expect(resolved.bad).toEqual([]);
  return resolved.value?.kind === 'string' ? resolved.value.value : '';
};
const unitsOf = (texts: FileTexts, known = true) => mergeFileText('n.md', texts, known).merge.units;

it('the regions of every text are the text, and so are its keys', () => {
  fc.assert(
    fc.property(anyText, paths, (text, path) => {
      const regions = regionsOf(text, path);
      expect(regions.map((region) => region.text).join('')).toBe(text);
      for (const { keyed, text: whole } of regions) {
        if (keyed === null) continue;
        const parts = keyed.keys.map(({ comment, text: own }) => comment + own).join('');
        expect(keyed.head + parts + keyed.tail).toBe(whole);
      }
      const keyed = keyedText(text);
      if (keyed !== null) {
        expect(keyed.head + keyed.keys.map((part) => part.comment + part.text).join('') + keyed.tail).toBe(
          text,
        );
      }
    }),
    { numRuns: 400 },
  );
});

it('each pane of a merge is the text of its side, byte for byte', () => {
  fc.assert(
    fc.property(three, paths, fc.boolean(), (texts, path, known) => {
      const merged = mergeFileText(path, texts, known);
      expect(sideOf(merged, 'ours').text).toBe(texts.ours);
      expect(sideOf(merged, 'theirs').text).toBe(texts.theirs);
      if (known) expect(sideOf(merged, 'base').text).toBe(texts.base);
    }),
    { numRuns: 400 },
  );
});

it('what nobody changed stays, what one side changed is taken, what both changed alike is no question', () => {
  fc.assert(
    fc.property(note, note, paths, (base, other, path) => {
      expect(textOf(path, { base, ours: base, theirs: other })).toBe(other);
      expect(textOf(path, { base, ours: other, theirs: base })).toBe(other);
      expect(textOf(path, { base, ours: other, theirs: other })).toBe(other);
      expect(
        mergeFileText(path, { base, ours: base, theirs: other }, true).merge.units.every(
          (unit) => unit.taken !== null,
        ),
      ).toBe(true);
    }),
    { numRuns: 300 },
  );
});

/** The lines of a text, whatever their order. */
const sorted = (text: string): readonly string[] => text.trimEnd().split(/\r?\n/).toSorted();

it('one side for every place is that side as a whole; where keys moved, its lines in another order', () => {
  let inOrder = 0;
  fc.assert(
    fc.property(three, paths, fc.boolean(), fc.constantFrom('ours', 'theirs'), (texts, path, known, side) => {
      const made = textOf(path, texts, () => ({ take: side }), known);
      if (made === texts[side]) inOrder += 1;
      else expect(sorted(made)).toEqual(sorted(texts[side]));
    }),
    { numRuns: 400 },
  );
  expect(inOrder).toBeGreaterThan(300);
});

it('without a known base nothing is taken by itself', () => {
  fc.assert(
    fc.property(three, ({ base, ours, theirs }) => {
      const units = unitsOf({ base, ours, theirs }, false);
      expect(units.every(({ taken }) => taken === null)).toBe(true);
      if (units.length === 0) expect(sorted(ours)).toEqual(sorted(theirs));
    }),
    { numRuns: 200 },
  );
});

it('names of places are never given twice, and are the same for the same values', () => {
  fc.assert(
    fc.property(three, (texts) => {
      const ids = unitsOf(texts).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(unitsOf(texts).map(({ id }) => id)).toEqual(ids);
    }),
    { numRuns: 200 },
  );
});

const BASE = `---
name: harbor
# what it is about
description: berths
status: open
tags:
  - a
  - b
---
# Berths

One.

Two.
`;

it('other keys and other lines are merged, with their comments, in the order of the file', () => {
  const ours = BASE.replace('berths', 'berths and locks').replace('Two.', 'Two, and three.');
  const theirs = BASE.replace('open', 'closed')
    .replace('# what', '# About what')
    .replace('One.', '1.')
    .replace('tags:', 'owner: Ana\ntags:');
  expect(textOf('n.md', { base: BASE, ours, theirs })).toBe(
    theirs.replace('berths', 'berths and locks').replace('Two.', 'Two, and three.'),
  );
});

it('the same key in two ways is one conflict that names it, and both can not be kept', () => {
  const ours = BASE.replace('open', 'closed');
  const theirs = BASE.replace('open', 'paused').replace('berths', 'piers');
  const { merge, single } = mergeFileText('n.md', { base: BASE, ours, theirs }, true);
  const open = merge.units.filter(({ taken }) => taken === null);
  expect(open).toMatchObject([
    {
      path: 'status',
      what: 'lines',
      kind: 'text',
      base: { value: 'status: open\n' },
      ours: { value: 'status: closed\n' },
      theirs: { value: 'status: paused\n' },
      at: { base: 4, ours: 4, theirs: 4 },
    },
  ]);
  expect([...single]).toContain(open[0]!.id);
  expect(resolve(merge, takeAll('theirs')).value).toEqual({ kind: 'string', value: theirs });
});

it('elements of one list that both added are a conflict in which both can be kept', () => {
  const ours = BASE.replace('  - b\n', '  - b\n  - c\n');
  const theirs = BASE.replace('  - b\n', '  - b\n  - d\n');
  const { merge, single } = mergeFileText('n.md', { base: BASE, ours, theirs }, true);
  expect(merge.units).toMatchObject([{ path: 'tags', taken: null }]);
  expect(single.has(merge.units[0]!.id)).toBe(false);
  expect(textOf('n.md', { base: BASE, ours, theirs }, () => ({ take: 'both', first: 'ours' }))).toBe(
    BASE.replace('  - b\n', '  - b\n  - c\n  - d\n'),
  );
});

it('a key that one side removed and the other changed is left to the person', () => {
  const ours = BASE.replace('status: open\n', '');
  const theirs = BASE.replace('open', 'paused');
  expect(unitsOf({ base: BASE, ours, theirs })).toMatchObject([
    { path: 'status', kind: 'delete/modify', taken: null, ours: undefined },
  ]);
});

it('keys that one side moved stand as that side has them, with what the other changed', () => {
  const sortedNote = `---
description: berths
name: harbor
owner: Ana
status: open
tags:
- a
- b
---
# Berths

One.

Two.
`;
  const ours = BASE.replace('status: open', 'status: closed').replace('Two.', 'Two, mine.');
  const wanted = sortedNote.replace('status: open', 'status: closed').replace('Two.', 'Two, mine.');
  expect(textOf('n.md', { base: BASE, ours, theirs: sortedNote })).toBe(wanted);
  expect(textOf('n.md', { base: BASE, ours: sortedNote, theirs: ours })).toBe(wanted);
  const unit = unitsOf({ base: BASE, ours, theirs: sortedNote.replace('open', 'paused') }).find(
    ({ taken }) => taken === null,
  );
  // each side is counted in its own order
  expect(unit).toMatchObject({ path: 'status', at: { base: 4, ours: 4, theirs: 4 } });
  expect(
    unitsOf({ base: BASE, ours, theirs: sortedNote }).find(({ path }) => path === 'owner')?.at,
  ).toMatchObject({ theirs: 3 });
});

it('yaml blocks are merged by their keys too', () => {
  const base = '# Guardrails\n\n```yaml\nmax_usd: 1\nmax_runs: 2\n```\n\nText.\n';
  const ours = base.replace('max_usd: 1', 'max_usd: 3');
  const theirs = base.replace('max_runs: 2', 'max_runs: 9');
  expect(textOf('g.md', { base, ours, theirs })).toBe(
    '# Guardrails\n\n```yaml\nmax_usd: 3\nmax_runs: 9\n```\n\nText.\n',
  );
});

it('a choice fits still when lines above it changed meanwhile', () => {
  const long = Array.from({ length: 12 }, (_, i) => `Line ${i}.\n`).join('');
  const ours = long.replace('Line 9.', 'Nine.');
  const theirs = long.replace('Line 9.', 'Neuf.');
  const before = unitsOf({ base: long, ours, theirs }).find(({ taken }) => taken === null)!;
  const later = unitsOf({ base: long, ours, theirs: theirs.replace('Line 1.', 'Un.') });
  expect(later.map(({ id }) => id)).toContain(before.id);
});

it('a note of a megabyte is merged', () => {
  const base = `${BASE}${Array.from({ length: 20_000 }, (_, i) => `Line ${i} of a long note, with some words in it.\n`).join('')}`;
  const ours = base.replace('Line 17 of', 'Line seventeen of').replace('open', 'closed');
  const theirs = base.replace('Line 19000 of', 'Line 19,000 of').replace('berths', 'piers');
  expect(textOf('n.md', { base, ours, theirs })).toBe(
    theirs.replace('Line 17 of', 'Line seventeen of').replace('open', 'closed'),
  );
});

it('empty lines around keys end nowhere', () => {
  for (const text of ['\n', '\na: 1\n', '\n\n#\n', 'a: 1\n\n', '#\na: 1\n#\n\n', '\n#x\na: 1']) {
    const keyed = keyedText(text)!;
    expect(keyed.head + keyed.keys.map((part) => part.comment + part.text).join('') + keyed.tail).toBe(text);
  }
});
