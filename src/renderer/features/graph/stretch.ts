import type { GraphView, Located } from '../../../contract/vek.ts';
import type { Result } from '../../../contract/failure.ts';

/** The contract's limit of opened stretches; the one opened first folds again beyond it. */
const MOST_OPEN = 256;

type Locate = (view: GraphView) => Promise<Result<Located>>;

/** The view with the stretch opened that a call is folded into. */
export function withOpened(view: GraphView, call: string): GraphView {
  return { ...view, open: [...(view.open ?? []).filter((hash) => hash !== call), call].slice(-MOST_OPEN) };
}

/**
 * The view with the opened stretch around a call folded again; null where the call is in none. Which of the opened
 * ones that is only the engine knows: `locate` says whether the call is folded in a view, and halves are tried.
 */
export async function withClosed(view: GraphView, locate: Locate): Promise<Result<GraphView | null>> {
  const open = view.open ?? [];
  const foldsWithout = async (left: ReadonlySet<string>): Promise<Result<boolean>> => {
    const found = await locate({ ...view, open: open.filter((hash) => !left.has(hash)) });
    return found.ok ? { ok: true, value: found.value.folded } : found;
  };
  let candidates: readonly string[] = open;
  const all = candidates.length === 0 ? null : await foldsWithout(new Set(candidates));
  if (all?.ok === false) return all;
  if (all === null || !all.value) return { ok: true, value: null };
  while (candidates.length > 1) {
    const half = candidates.slice(0, candidates.length >> 1);
    const folds = await foldsWithout(new Set(half));
    if (!folds.ok) return folds;
    candidates = folds.value ? half : candidates.slice(half.length);
  }
  return { ok: true, value: { ...view, open: open.filter((hash) => hash !== candidates[0]) } };
}
