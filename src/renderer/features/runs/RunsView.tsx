/** Records of a query. */
export function RunsView({ source }: { readonly source: string }) {
  return <p>{[source].join(' ')}</p>;
}
