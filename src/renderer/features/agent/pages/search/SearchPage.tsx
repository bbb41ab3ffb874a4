/** Search over all files of the agent. */
export function SearchPage() {
  return null;
}
