/** A view of a ledger. */
export function AccountsView({ source }: { readonly source: string }) {
  return <div>{source}</div>;
}
