import { useAgentsStore } from '../../state/agents-overview.ts';
import { useEdits } from '../../state/edits.ts';
import { formatCounted } from '../../ui/format.ts';
import { UnsavedDot } from '../../ui/unsaved/UnsavedDot.tsx';
import { ownerOf } from './set-files.ts';

type Props = { readonly source: string; readonly agent: string };

/** A dot where an agent has files that are edited and not written; nothing for others. */
export function UnsavedTab({ source, agent }: Props) {
  const { sets } = useEdits(source);
  const overview = useAgentsStore((state) => state.agents[source]?.value ?? null);
  if (sets.every(({ edits }) => edits.length === 0)) return null;
  const names = overview?.agents.map(({ name }) => name) ?? [];
  const paths = new Set(
    sets.flatMap(({ edits }) =>
      edits.flatMap(({ path }) => (ownerOf(path, names, overview?.single ?? null) === agent ? [path] : [])),
    ),
  );
  return paths.size === 0 ? null : <UnsavedDot title={`${formatCounted(paths.size, 'file')} not saved`} />;
}
