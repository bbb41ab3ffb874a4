/** What a judge passed on to a person. */
export function EscalationsView({ source }: { readonly source: string }) {
  return <p>{[source].join(' ')}</p>;
}
