import './unsaved.css';

/** A dot beside what is not saved yet, with its meaning for screen readers and on hover. */
export function UnsavedDot({ title = 'not saved' }: { readonly title?: string }) {
  return (
    <span className="unsaved-dot" title={title}>
      <span className="visually-hidden">{title}</span>
    </span>
  );
}
