import type { ReactNode } from 'react';

type PartProps = { readonly title: string; readonly tone?: 'bad' | 'warn'; readonly children: ReactNode };

/** A titled part of the view of an execution. */
export function Part({ title, tone, children }: PartProps) {
  return (
    <section className={`ex-part ${tone === undefined ? '' : `ex-part-${tone}`}`} aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}
