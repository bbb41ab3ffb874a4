import type { DocumentRule } from '../../src/contract/merge.ts';
import { readIndexIn } from '../../src/core/vek/index-read.ts';
import { analyseMerge } from '../../src/core/vek/merge/analyse.ts';
import type { AnalysedDocument, Analysis, Version } from '../../src/core/vek/merge/analysis.ts';
import { repositoryAt } from '../../src/core/vek/paths.ts';
import { lookAtVek } from '../../src/core/vek/store.ts';
import { canonicalText } from '../../src/core/json/canonical.ts';
import type { Result } from '../../src/core/result.ts';
import { value } from './writes.ts';

/** The analysis of merging one ref of a repository into another. */
export function tryAnalysis(
  folder: string,
  into: string,
  from: string,
  rules: Readonly<Record<string, DocumentRule>> = {},
): Result<Analysis> {
  return value(
    lookAtVek(repositoryAt(folder)!, (s) =>
      analyseMerge(s, readIndexIn(s), {
        into: { name: into, tip: s.ref(into)! },
        from: { name: from, tip: s.ref(from)! },
        rules: new Map(Object.entries(rules)),
      }),
    ),
  );
}

/** The same, which must succeed. */
export function analysisOf(...question: Parameters<typeof tryAnalysis>): Analysis {
  return value(tryAnalysis(...question));
}

/** The canonical text of what a version holds; null where there is nothing, else why it is no value. */
export function textOf(version: Version | null): string | null {
  const content = version?.content;
  if (content === null || content === undefined) return version === null ? null : 'not read';
  if (content.kind === 'absent') return null;
  if (content.kind !== 'tree') return `${content.kind}: ${content.why}`;
  const canonical = canonicalText(content.tree);
  return canonical.ok ? canonical.text : canonical.reason;
}

/** The paths of the conflicts of a document. */
export function openPaths({ merge }: AnalysedDocument): string[] {
  return merge?.units.flatMap(({ taken, path }) => (taken === null ? [path] : [])) ?? [];
}
