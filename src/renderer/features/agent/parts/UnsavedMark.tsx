import { useUnsaved } from '../../../state/edits.ts';
import { UnsavedDot } from '../../../ui/unsaved/UnsavedDot.tsx';
import { useScene } from '../scene.ts';

/** A dot beside a file that has an edit in the active set; nothing beside others. */
export function UnsavedMark({ path }: { readonly path: string }) {
  const { source } = useScene();
  return useUnsaved(source).has(path) ? <UnsavedDot /> : null;
}
