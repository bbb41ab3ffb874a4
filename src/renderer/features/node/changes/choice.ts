import type { CallsBefore, NodeLink } from '../../../../contract/vek.ts';
import type { CompareWith, MarkedCall } from '../../../state/compare.ts';

/** The call to compare with: what was asked for where there is such a one, else the closest in kind. */
export function chosen(
  before: CallsBefore | null,
  wanted: CompareWith | null,
  marked: MarkedCall | null,
): { readonly choice: CompareWith | null; readonly target: string | null } {
  const targets = new Map<CompareWith, string>();
  const add = (choice: CompareWith, link: NodeLink | null | undefined) => {
    if (link?.present === true) targets.set(choice, link.hash);
  };
  add('document', before?.sameDocument);
  add('tool', before?.sameTool);
  add('parent', before?.parent);
  if (marked !== null) targets.set('marked', marked.hash);
  const order: readonly CompareWith[] = ['document', 'tool', 'parent'];
  const choice =
    wanted !== null && targets.has(wanted) ? wanted : (order.find((one) => targets.has(one)) ?? null);
  return { choice, target: choice === null ? null : (targets.get(choice) ?? null) };
}
