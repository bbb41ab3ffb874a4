import type { ReactNode } from 'react';

/** Label and value in two columns. */
export function Facts({ children, wide = false }: { readonly children: ReactNode; readonly wide?: boolean }) {
  return <dl className={`ag-facts ${wide ? 'ag-facts-wide' : ''}`}>{children}</dl>;
}

/** One fact; nothing where there is no value. */
export function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  if (children === null || children === undefined || children === false || children === '') return null;
  return (
    <div className="ag-fact">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
