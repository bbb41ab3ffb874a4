import { compareCodePoints } from '../../json/tree.ts';
import type { AnalysedDocument } from './analysis.ts';
import type { Notes } from './notes.ts';

/** Characters of an identity that could be a name. */
const NAME_CHARS = 1_000;

/**
 * Notes documents of one tool that one branch changed under a name and the other under one that may mean the same
 * (`./a.md` and `a.md`, two forms of an accent, 1 and "1"): they count as two, and each is taken.
 */
export function tellAlike(documents: readonly AnalysedDocument[], notes: Notes): void {
  const byName = new Map<string, AnalysedDocument[]>();
  for (const document of documents) {
    if (document.identityText.length > NAME_CHARS) continue;
    const name = loose(document.identityText);
    const list = byName.get(name);
    if (list === undefined) byName.set(name, [document]);
    else list.push(document);
  }
  for (const list of byName.values()) {
    const sides = new Set(list.map(({ state }) => state));
    if (list.length < 2 || (sides.size === 1 && (sides.has('ours') || sides.has('theirs')))) continue;
    const names = list.map(({ identityText }) => identityText).toSorted(compareCodePoints);
    notes.add('alike', names.slice(0, 3).join(' and '), words);
  }
}

/** A name without what a person may not see: accents in one form, no `./`, doubled or last slash, no quotes. */
function loose(identity: string): string {
  return identity
    .replaceAll(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .normalize('NFC')
    .replaceAll(/\/(?:\.?\/)+/g, '/')
    .replaceAll(/(?<=")\.\/|\/(?=")/g, '')
    .replaceAll('"', '');
}

function words(names: string, count: number): string {
  return count === 1
    ? `${names}: the names of these documents look alike. They count as different ones and were not compared; if they are the same, settle them by hand.`
    : `The names of some documents look alike (${names}). They count as different ones and were not compared; if they are the same, settle them by hand.`;
}
