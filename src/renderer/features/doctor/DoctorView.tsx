/** The checks of the doctor. */
export function DoctorView({ source }: { readonly source: string }) {
  return <p>{[source].join(' ')}</p>;
}
