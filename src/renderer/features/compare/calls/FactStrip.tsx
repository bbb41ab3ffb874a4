import type { FactRow } from './fact-rows.ts';

/** What the two calls state differently about themselves, each with both values and the difference. */
export function FactStrip({ rows }: { readonly rows: readonly FactRow[] }) {
  const differing = rows.filter(({ differs, head }) => differs && head !== 'none');
  if (differing.length === 0) return null;
  return (
    <dl className="cc-facts" aria-label="What differs beside the contents">
      {differing.map((row) => (
        <div key={row.label} className="cc-fact">
          <dt>{row.label}</dt>
          {row.head === 'delta' ? <dd>{row.delta}</dd> : <Both row={row} />}
        </div>
      ))}
    </dl>
  );
}

function Both({ row }: { readonly row: FactRow }) {
  return (
    <>
      <dd>
        <FactValue text={row.a} none={row.none} />
        <span className="cc-arrow" aria-hidden>
          →
        </span>
        <span className="visually-hidden">, then </span>
        <FactValue text={row.b} none={row.none} />
      </dd>
      {row.delta !== '' && <dd className="cc-delta">{row.delta}</dd>}
    </>
  );
}

/** A stated value; what is not stated is said so, in another colour. */
export function FactValue({ text, none }: { readonly text: string | null; readonly none: string }) {
  return text === null ? <span className="cc-none">{none}</span> : <bdi>{text}</bdi>;
}
