/** A view of a ledger. */
export function ProofView({ source }: { readonly source: string }) {
  return <div>{source}</div>;
}
