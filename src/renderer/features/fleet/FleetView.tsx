/** All agents, problems first. */
export function FleetView({ source }: { readonly source: string }) {
  return <p>{[source].join(' ')}</p>;
}
