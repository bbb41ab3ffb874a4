import { isPair, isScalar, visit } from 'yaml';
import type { Document, LineCounter } from 'yaml';
import type { YamlLoader, YamlProblem } from './yaml.ts';

/** An end of a document before any began. */
const ends = /^(?:[ ]*(?:#.*)?\n)*\.\.\.(?:\s|$)/;

/** What the `yaml` package takes and Python refuses: tabs, two anchors of one name, a mapping without a key. */
export function oddity(
  document: Document,
  text: string,
  counter: LineCounter,
  loader: YamlLoader,
): YamlProblem | null {
  const anchors = new Set<string>();
  /** places where a tab is part of a text */
  const texts: (readonly [number, number])[] = [];
  const flows: (readonly [number, number])[] = [];
  let problem: YamlProblem | null = null;
  const tell = (message: string, at: number): void => {
    problem ??= { message, line: counter.linePos(at).line };
  };
  visit(document, (_, node) => {
    if (isPair(node)) {
      const { key, value } = node;
      if (
        value !== null &&
        isScalar(key) &&
        key.type === 'PLAIN' &&
        key.source === '' &&
        key.tag === undefined &&
        key.anchor === undefined
      ) {
        tell('A colon has no key before it', key.range?.[0] ?? 0);
      }
      return;
    }
    if (typeof node !== 'object' || node === null || !('range' in node) || !node.range) return;
    const [start, end] = node.range as readonly [number, number, number];
    if ('anchor' in node && typeof node.anchor === 'string') {
      if (anchors.has(node.anchor)) tell(`The anchor &${node.anchor} stands twice`, start);
      anchors.add(node.anchor);
    }
    if (isScalar(node) && node.type !== 'PLAIN') texts.push([start, end]);
    if ('flow' in node && node.flow === true) flows.push([start, end]);
  });
  if (ends.test(text)) tell('It ends before it begins', 0);
  return problem ?? tabProblem(text, counter, loader, texts, flows);
}

type Ranges = readonly (readonly [number, number])[];

function tabProblem(
  text: string,
  counter: LineCounter,
  loader: YamlLoader,
  texts: Ranges,
  flows: Ranges,
): YamlProblem | null {
  for (let at = text.indexOf('\t'); at !== -1; at = text.indexOf('\t', at + 1)) {
    if (inside(texts, at)) continue;
    const before = text.slice(text.lastIndexOf('\n', at) + 1, at);
    if (inComment(before, at - before.length, texts)) continue;
    // libyaml takes tabs as blanks, but not where a key or an entry could begin
    if (loader === 'libyaml' && (inside(flows, at) || !/^ *(?:[-?] +)*(?:[-?])?$/.test(before))) continue;
    return { message: 'A tab stands where YAML wants blanks', line: counter.linePos(at).line };
  }
  return null;
}

function inside(ranges: Ranges, at: number): boolean {
  return ranges.some(([start, end]) => at >= start && at < end);
}

function inComment(before: string, start: number, texts: Ranges): boolean {
  for (let i = before.indexOf('#'); i !== -1; i = before.indexOf('#', i + 1)) {
    if ((i === 0 || /[ \t]/.test(before.charAt(i - 1))) && !inside(texts, start + i)) return true;
  }
  return false;
}
