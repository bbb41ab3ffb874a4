import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { create, type Delta } from 'jsondiffpatch/with-text-diffs';
import { mergeFiles } from '../src/core/merge/file.ts';

/** Three versions of a file as text. */
export type Texts = { readonly base: string; readonly ours: string; readonly theirs: string };

/** A merge by some tool: a text, or null where it reports a conflict. `paths` are known of ours only. */
export type PeerResult = { readonly text: string | null; readonly paths?: readonly string[] };

export type Peer = { readonly name: string; readonly merge: (texts: Texts) => PeerResult };

/** Vekscope, in this process. */
export const vekscope: Peer = {
  name: 'Vekscope',
  merge: ({ base, ours, theirs }) => {
    const merged = mergeFiles({
      base: Buffer.from(base),
      ours: Buffer.from(ours),
      theirs: Buffer.from(theirs),
    });
    if (!merged.ok) throw new Error(merged.problem.message);
    const { bytes, report } = merged.merge;
    const paths = report.conflicts.map(({ path }) => path.replaceAll(/\[\d+\]/g, '[]'));
    return {
      text: bytes === null ? null : Buffer.from(bytes).toString(),
      paths: [...new Set(paths)].toSorted(),
    };
  },
};

let folder = '';

/** Writes three versions for a tool that reads files; gives their paths. */
export function writeTexts(texts: Texts): { base: string; ours: string; theirs: string } {
  folder ||= mkdtempSync(join(tmpdir(), 'vekscope-bench-merge-'));
  const paths = { base: '', ours: '', theirs: '' };
  for (const side of ['base', 'ours', 'theirs'] as const) {
    paths[side] = join(folder, `${side}.json`);
    writeFileSync(paths[side], texts[side]);
  }
  return paths;
}

/** `git merge-file`, a process for each merge. */
export const gitMergeFile: Peer = {
  name: 'git merge-file',
  merge: (texts) => {
    const { base, ours, theirs } = writeTexts(texts);
    const ran = spawnSync('git', ['merge-file', '-p', '-q', ours, base, theirs], {
      encoding: 'utf8',
      maxBuffer: 1024 * 1024 * 1024,
    });
    if (ran.status === null || ran.status > 127) throw new Error(`git merge-file failed: ${ran.stderr}`);
    return { text: ran.status === 0 ? ran.stdout : null };
  },
};

const library = create({
  objectHash: (item: object) => ('id' in item ? String(item.id) : JSON.stringify(item)),
});

/**
 * jsondiffpatch: what changed in theirs, patched onto ours. It has no notion of a conflict; one is counted where both
 * deltas touch the same place differently, or where the patch does not fit.
 */
export const jsonDiffPatch: Peer = {
  name: 'jsondiffpatch',
  merge: ({ base, ours, theirs }) => {
    const [b, o, t] = [base, ours, theirs].map((text): unknown => JSON.parse(text));
    const mine = library.diff(b, o);
    const other = library.diff(b, t);
    if (clash(mine, other)) return { text: null };
    try {
      const merged = other === undefined ? o : library.patch(o, other);
      return { text: `${JSON.stringify(merged, null, 2)}\n` };
    } catch {
      return { text: null };
    }
  },
};

const TEXT_DIFF = 2;

function clash(a: Delta, b: Delta): boolean {
  if (a === undefined || b === undefined) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    const texts = Array.isArray(a) && Array.isArray(b) && a[2] === TEXT_DIFF && b[2] === TEXT_DIFF;
    return !texts && !isDeepStrictEqual(a, b);
  }
  const others = new Map(Object.entries(b));
  return Object.entries(a).some(
    ([key, delta]) => key !== '_t' && clash(delta as Delta, others.get(key) as Delta),
  );
}
