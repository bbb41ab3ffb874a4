type Props = { readonly source: string; readonly id: string | null };

/** The selected record at the right of the window. */
export function RecordInspector({ source, id }: Props) {
  return <p>{id === null ? source : id}</p>;
}
