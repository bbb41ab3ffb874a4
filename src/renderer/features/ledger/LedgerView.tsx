/** A view of a ledger. */
export function LedgerView({ source }: { readonly source: string }) {
  return <div>{source}</div>;
}
