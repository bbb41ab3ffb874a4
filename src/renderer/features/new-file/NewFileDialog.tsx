/** Makes files from the templates of the format. */
export function NewFileDialog() {
  return null;
}
