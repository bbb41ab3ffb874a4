import type { Ref, RefKind } from '../../../contract/vek.ts';
import { findNode } from '../../graph/find.ts';
import type { GraphIndex } from '../../graph/index.ts';
import { fail, ok, type Result } from '../../result.ts';
import { resolveHash } from '../resolve.ts';
import type { VekLook } from '../store.ts';

/** One end of a comparison: the call that a run goes up to. `ref` is what it was asked by, null for a hash. */
export type End = {
  readonly ref: { readonly name: string; readonly kind: RefKind } | null;
  readonly hash: string;
  readonly node: number;
};

/**
 * Finds what a person means: a branch, else a tag or checkpoint (with or without its `tag/` or `checkpoint/`), else a
 * call by its hash or the beginning of it. `refs` and `index` are of one moment. Fails with `not-found` or `ambiguous`, also where a ref names no call.
 */
export function findEnd(s: VekLook, refs: readonly Ref[], index: GraphIndex, text: string): Result<End> {
  const ref = refOf(refs, text);
  if (ref !== null) {
    const node = findNode(index, ref.hash);
    if (node >= 0) return ok({ ref: { name: ref.name, kind: ref.kind }, hash: ref.hash, node });
    return fail(
      'not-found',
      `The call that ${ref.name} names is not in the store, so there is no run to compare.`,
      'A check of the repository says more: vekscope fsck.',
    );
  }
  const hash = resolveHash(s, text);
  const unknown = hash.ok || hash.error.kind === 'not-found';
  const node = hash.ok ? findNode(index, hash.value) : -1;
  if (hash.ok && node >= 0) return ok({ ref: null, hash: hash.value, node });
  if (!hash.ok && !unknown) return hash;
  return fail(
    'not-found',
    `There is no branch, tag or call “${text}”.`,
    'Give the name of a branch or tag, or the beginning of the hash of a call.',
  );
}

function refOf(refs: readonly Ref[], text: string): Ref | null {
  for (const name of [text, `tag/${text}`, `checkpoint/${text}`]) {
    const ref = refs.find((one) => one.name === name);
    if (ref !== undefined) return ref;
  }
  return null;
}
