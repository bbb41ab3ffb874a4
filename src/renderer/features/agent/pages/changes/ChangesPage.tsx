/** What is not written yet: its whole difference, and what it does to the prompt. */
export function ChangesPage() {
  return null;
}
