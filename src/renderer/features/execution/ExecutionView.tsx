/** One execution from admission to settlement. */
export function ExecutionView({ source, id }: { readonly source: string; readonly id: string }) {
  return (
    <div>
      {source} {id}
    </div>
  );
}
