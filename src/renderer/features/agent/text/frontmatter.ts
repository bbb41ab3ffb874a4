/**
 * A Markdown text without its frontmatter: YAML between a first line `---` and the next `---`
 * (formats/atomic-agents.md §2). A text that has none stays as it is.
 */
export function bodyOf(text: string): string {
  const start = /^\uFEFF?---[ \t]*\r?\n/.exec(text);
  if (start === null) return text;
  const end = /^---[ \t]*(?:\r?\n|$)/m.exec(text.slice(start[0].length));
  if (end === null) return text;
  return text.slice(start[0].length + end.index + end[0].length).replace(/^(?:[ \t]*\r?\n)+/, '');
}
