import type { Ignore } from '../../../../contract/compare.ts';
import type { Content } from '../../../../contract/vek.ts';
import { listEdits } from '../../../../core/json/delta-list.ts';
import { diffJson } from '../../../../core/json/delta.ts';
import { ignoresNothing, withoutIgnored } from '../../../../core/json/ignored.ts';
import { parseJson } from '../../../../core/json/parse.ts';

/** Characters of two contents up to which what counts is worked out while a person waits. */
const MOST_CHARS = 2_000_000;

/** In how many places two contents differ beside what is ignored; null where nothing is, or where it can't be told. */
export function countingEdits(old: Content, now: Content, rules: Ignore): number | null {
  if (ignoresNothing(rules) || old.form !== 'json' || now.form !== 'json' || old.cut || now.cut) return null;
  if (old.text.length + now.text.length > MOST_CHARS) return null;
  const [a, b] = [old, now].map(({ text }) => parseJson(text, { maxChars: MOST_CHARS }));
  if (a?.ok !== true || b?.ok !== true) return null;
  return listEdits(diffJson(withoutIgnored(a.node, rules), withoutIgnored(b.node, rules))).length;
}
