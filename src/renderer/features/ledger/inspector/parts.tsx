import { useId, type ReactNode } from 'react';

type PartProps = { readonly title: string; readonly end?: ReactNode; readonly children: ReactNode };

/** A titled part of the inspector. */
export function Part({ title, end = null, children }: PartProps) {
  const id = useId();
  return (
    <section className="li-part" aria-labelledby={id}>
      <div className="li-part-head">
        <h3 id={id}>{title}</h3>
        {end}
      </div>
      {children}
    </section>
  );
}

type FactProps = { readonly name: string; readonly children: ReactNode };

export function Fact({ name, children }: FactProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
