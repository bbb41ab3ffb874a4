import type { TextEdit } from '../../../contract/drafts.ts';
import { fail, ok } from '../../result.ts';
import type { Result } from '../../result.ts';
import type { Slot } from './bind.ts';
import { checkField } from './check.ts';
import { specOf } from './define.ts';
import type { FieldDef } from './define.ts';
import type { FieldValue, FormAbout } from './form.ts';
import { lineOf } from './regions.ts';
import type { Region } from './regions.ts';
import { lineEnd, lineStart } from './yaml-tree.ts';

/** How a field that is no YAML is found in a text, put there and taken away. */
export type Finder = {
  readonly value: FieldValue;
  /** where it stands; null: it does not */
  readonly at: Region | null;
  readonly set: (value: string | boolean | readonly string[]) => readonly TextEdit[] | null;
  readonly unset: () => readonly TextEdit[] | null;
};

export function finderSlot(text: string, def: FieldDef, finder: Finder, about: FormAbout): Slot {
  const spec = specOf(def, about);
  const present = finder.at !== null;
  const done = (edits: readonly TextEdit[] | null): Result<readonly TextEdit[]> =>
    edits === null
      ? fail('bad-request', `${def.label} stands where the form can’t change it.`, 'Change it in the text.')
      : ok(edits);
  return {
    spec,
    value: finder.value,
    present,
    line: finder.at === null ? null : lineOf(text, finder.at.start),
    problem: present || def.required === true ? checkField(spec, finder.value) : null,
    locked: null,
    write: (value) => (value === null ? (present ? done(finder.unset()) : ok([])) : done(finder.set(value))),
  };
}

/** Takes the whole lines out that a region touches. */
export function withoutLines(text: string, { start, end }: Region): TextEdit {
  const from = lineStart(text, start);
  const last = lineEnd(text, Math.max(start, end - 1));
  if (last < text.length) return { from, to: last + 1, text: '' };
  return { from: Math.max(0, from - 1), to: last, text: '' };
}

/** A section from its heading to the next heading of the first or second level, or to the end. */
export function sectionAt(text: string, start: number): Region {
  const next = /^#{1,2}(?:\s|$)/m.exec(text.slice(lineEnd(text, start)));
  return { start, end: next === null ? text.length : lineEnd(text, start) + next.index };
}

/** Takes a section out; at the end of the text also the blank lines before it. */
export function withoutSection(text: string, start: number): TextEdit {
  const { end } = sectionAt(text, start);
  if (end < text.length) return { from: start, to: end, text: '' };
  const kept = text.slice(0, start).replace(/\n+$/, '\n');
  return { from: kept === '\n' ? 0 : kept.length, to: end, text: '' };
}
