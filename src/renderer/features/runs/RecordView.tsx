/** One record. */
export function RecordView({ source, id }: { readonly source: string; readonly id: string }) {
  return <p>{[source, id].join(' ')}</p>;
}
