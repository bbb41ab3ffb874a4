import { performance } from 'node:perf_hooks';
import { isDeepStrictEqual } from 'node:util';
import { parseJson } from '../src/core/json/parse.ts';
import { mergeJson } from '../src/core/merge/merge.ts';
import { resolve } from '../src/core/merge/resolve.ts';
import { makeDocuments, pretty } from './merge-documents.ts';
import { makeDeepPair, makePair, type Pair } from './merge-pairs.ts';
import {
  gitMergeFile,
  jsonDiffPatch,
  vekscope,
  writeTexts,
  type Peer,
  type PeerResult,
} from './merge-peers.ts';
import { cli, node, percentile, timeCommand } from './support.ts';

const PAIRS = 1_000;
const ROUNDS = 5;

type Say = (text: string) => void;

/** Merges large documents and many small ones, beside git and a library in the same run, and says both as tables. */
export async function measureMerge(say: Say, seed: number): Promise<void> {
  say('## Merging documents');
  say('');
  say('| three-way merge | Vekscope | git merge-file | ratio | jsondiffpatch | ratio |');
  say('|---|--:|--:|--:|--:|--:|');
  for (const [bytes, edits, rounds] of [
    [1_000_000, 100, ROUNDS],
    [50_000_000, 1_000, 1],
  ] as const) {
    for (const row of await documentRows(bytes, edits, rounds, seed)) say(row);
  }
  say('');
  sayPairs(say, 'an agent’s document with settings, named rows, a list and a text', (i) =>
    makePair(seed * PAIRS + i),
  );
  sayPairs(say, 'documents of random shape', (i) => makeDeepPair(seed * PAIRS + i));
}

const ms = (value: number): string =>
  value < 10_000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(1)} s`;

/** The median of some rounds, after one that does not count. */
function timed(rounds: number, work: () => void): number {
  const samples: number[] = [];
  for (let i = 0; i <= rounds; i += 1) {
    const started = performance.now();
    work();
    samples.push(performance.now() - started);
  }
  return percentile(rounds === 1 ? samples : samples.slice(1), 0.5);
}

async function documentRows(
  bytes: number,
  edits: number,
  rounds: number,
  seed: number,
): Promise<readonly string[]> {
  const texts = makeDocuments(bytes, edits, seed);
  const size = `${bytes / 1e6} MB, ${edits} edits on each side`;
  const trees = [texts.base, texts.ours, texts.theirs].map((text) => {
    const parsed = parseJson(text);
    if (!parsed.ok) throw new Error(parsed.error.message);
    return parsed.node;
  });
  const values = timed(rounds, () => {
    const resolved = resolve(mergeJson(trees[0], trees[1], trees[2]));
    if (resolved.open.length > 0) throw new Error('A clean merge has conflicts');
  });
  const rows = [`| ${size}: parsed values (target: 150 ms at 1 MB) | ${ms(values)} | | | | |`];
  const took = (peer: Peer): { readonly ms: number; readonly note: string } => {
    let result: PeerResult = { text: null };
    const time = timed(rounds, () => {
      result = peer.merge(texts);
    });
    return { ms: time, note: result.text === null ? ' (conflict)' : '' };
  };
  const [mine, git, library] = [took(vekscope), took(gitMergeFile), took(jsonDiffPatch)];
  const beside = (other: { readonly ms: number; readonly note: string }): string =>
    `${ms(other.ms)}${other.note} | ${(other.ms / mine.ms).toFixed(2)} ×`;
  rows.push(`| ${size}: text to text${mine.note} | ${ms(mine.ms)} | ${beside(git)} | ${beside(library)} |`);
  const { base, ours, theirs } = writeTexts(texts);
  const verb = await timeCommand(node, [cli, 'merge3', base, ours, theirs], process.cwd());
  const line = await timeCommand('git', ['merge-file', '-p', ours, base, theirs], process.cwd());
  rows.push(
    `| ${size}: the command, files to output | ${ms(verb.ms)}, ${Math.round(verb.peakKb / 1024)} MB | ${ms(line.ms)} | ${(line.ms / verb.ms).toFixed(2)} × | | |`,
  );
  return rows;
}

type Score = { falseConflicts: number; missed: number; wrong: number; right: number };

/** How often each tool is wrong over edit pairs whose truth is known. */
function sayPairs(say: Say, documents: string, make: (i: number) => Pair): void {
  const pairs = Array.from({ length: PAIRS }, (_, i) => make(i));
  const clean = pairs.filter(({ conflicts }) => conflicts.length === 0).length;
  say(`${PAIRS} generated edit pairs (${documents}), ${clean} of them without a conflict, pretty-printed:`);
  say('');
  say('| | Vekscope | git merge-file | jsondiffpatch |');
  say('|---|--:|--:|--:|');
  const scores = [vekscope, gitMergeFile, jsonDiffPatch].map((peer) => scoreOf(peer, pairs));
  const row = (what: string, pick: (score: Score) => number): void =>
    say(`| ${what} | ${scores.map((score) => pick(score)).join(' | ')} |`);
  row(`false conflicts, of ${clean}`, (score) => score.falseConflicts);
  row(`missed conflicts, of ${PAIRS - clean}`, (score) => score.missed);
  row('merged without a conflict, and to another value or no JSON', (score) => score.wrong);
  row('right', (score) => score.right);
  const elsewhere = pairs.filter(
    (pair) => !isDeepStrictEqual(vekscope.merge(textsOf(pair)).paths, pair.conflicts),
  );
  say('');
  say(`Vekscope reports conflicts at other paths than the true ones in ${elsewhere.length} pairs.`);
  say('');
}

function textsOf({ base, ours, theirs }: Pair) {
  return { base: pretty(base), ours: pretty(ours), theirs: pretty(theirs) };
}

function scoreOf(peer: Peer, pairs: readonly Pair[]): Score {
  const score: Score = { falseConflicts: 0, missed: 0, wrong: 0, right: 0 };
  for (const pair of pairs) {
    const { text } = peer.merge(textsOf(pair));
    const clean = pair.conflicts.length === 0;
    if (text === null) score[clean ? 'falseConflicts' : 'right'] += 1;
    else if (!clean) score.missed += 1;
    else score[isRight(text, pair.merged) ? 'right' : 'wrong'] += 1;
  }
  return score;
}

function isRight(text: string, wanted: unknown): boolean {
  try {
    return isDeepStrictEqual(JSON.parse(text), wanted);
  } catch {
    return false;
  }
}
