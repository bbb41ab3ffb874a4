import { useUnsaved } from '../../../state/edits.ts';
import { useScene } from '../scene.ts';
import './unsaved.css';

/** A dot beside a file that has an edit in the active set; nothing beside others. */
export function UnsavedMark({ path }: { readonly path: string }) {
  const { source } = useScene();
  return useUnsaved(source).has(path) ? <UnsavedDot /> : null;
}

/** The dot alone, with its meaning for screen readers and on hover. */
export function UnsavedDot({ title = 'not saved' }: { readonly title?: string }) {
  return (
    <span className="unsaved-dot" title={title}>
      <span className="visually-hidden">{title}</span>
    </span>
  );
}
