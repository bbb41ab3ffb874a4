/** What agents cost. */
export function CostsView({ source, agent }: { readonly source: string; readonly agent: string | null }) {
  return <p>{[source, agent].join(' ')}</p>;
}
