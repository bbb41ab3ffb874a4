import type { Finding, FindingKind, Integrity } from '../../../contract/integrity.ts';
import type { CutOffPart } from '../../../contract/problem.ts';

/** From how many findings of one kind on they are one row that opens. */
export const GROUPED_FROM = 6;

/** One row of the table of findings. `key` is unique in it and stays the same while the store grows. */
export type FindingRow =
  | { readonly type: 'finding'; readonly key: string; readonly finding: Finding; readonly member: boolean }
  | {
      readonly type: 'group';
      readonly key: string;
      readonly group: FindingKind;
      readonly first: Finding;
      /** the branches that its listed findings stand on, the most first */
      readonly branches: readonly { readonly name: string; readonly count: number }[];
      readonly open: boolean;
    }
  | { readonly type: 'rest'; readonly key: string; readonly count: number };

/** What makes a finding the same finding; `at` tells apart what is alike. */
export const findingKey = ({ kind, hash, ref, facts }: Finding, at = 0): string =>
  `${kind}\n${hash ?? ''}\n${ref ?? ''}\n${facts?.row ?? ''}\n${facts?.named ?? ''}\n${at}`;

/** All findings with their keys, in the order of the list. */
export function keyed(findings: readonly Finding[]): ReadonlyMap<string, Finding> {
  const map = new Map<string, Finding>();
  for (const finding of findings) {
    let at = 0;
    let key = findingKey(finding);
    while (map.has(key)) key = findingKey(finding, ++at);
    map.set(key, finding);
  }
  return map;
}

/** The rows from top to bottom; `open` is the kind whose findings are shown one by one. */
export function findingRows(
  { kinds }: Pick<Integrity, 'kinds'>,
  findings: ReadonlyMap<string, Finding>,
  open: string | null,
): readonly FindingRow[] {
  const byKind = new Map<string, [string, Finding][]>();
  for (const entry of findings) {
    const list = byKind.get(entry[1].kind);
    if (list === undefined) byKind.set(entry[1].kind, [entry]);
    else list.push(entry);
  }
  return kinds.flatMap((group): readonly FindingRow[] => {
    const list = byKind.get(group.kind) ?? [];
    const first = list[0];
    if (first === undefined) return [];
    const grouped = group.count >= GROUPED_FROM;
    if (!grouped) return list.map(([key, finding]) => ({ type: 'finding', key, finding, member: false }));
    const isOpen = open === group.kind;
    const head: FindingRow = {
      type: 'group',
      key: `group ${group.kind}`,
      group,
      first: first[1],
      branches: branchCounts(list),
      open: isOpen,
    };
    if (!isOpen) return [head];
    const rest = group.count - list.length;
    return [
      head,
      ...list.map(([key, finding]): FindingRow => ({ type: 'finding', key, finding, member: true })),
      ...(rest > 0 ? [{ type: 'rest', key: `rest ${group.kind}`, count: rest } as const] : []),
    ];
  });
}

function branchCounts(list: readonly [string, Finding][]): readonly { name: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const [, { branch }] of list) if (branch !== null) counts.set(branch, (counts.get(branch) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count);
}

/** The part of the history that likely stood before a finding, where one is cut off. */
export function partOf(finding: Finding, { cutOff }: Pick<Integrity, 'cutOff'>): CutOffPart | null {
  const name = finding.kind === 'ref-dangling' ? finding.ref : finding.hash;
  const gap = ['parent-missing', 'merge-parent-missing', 'ref-dangling'].includes(finding.kind);
  if (!gap || name === null) return null;
  return cutOff?.listed.find((part) => part.before === name) ?? null;
}
