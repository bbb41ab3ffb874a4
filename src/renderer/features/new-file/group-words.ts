import type { Template } from '../../../contract/drafts.ts';

/** The names of the groups, in the order in which they are listed. */
export const GROUP_WORDS: Readonly<Record<Template['group'], string>> = {
  agent: 'Agents',
  memory: 'Memory',
  wiki: 'Wiki',
  goals: 'Goals',
  skills: 'Skills',
  settings: 'Settings',
  governing: 'Governing',
};

const ORDER = Object.keys(GROUP_WORDS);

/** Templates that fit what was typed, by group; those that can't be made stand last in theirs. */
export function listed(templates: readonly Template[], text: string): readonly Template[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return templates
    .filter(({ id, title, about, group }) => {
      const hay = `${title}\n${about}\n${GROUP_WORDS[group]}\n${id}`.toLowerCase();
      return words.every((word) => hay.includes(word));
    })
    .toSorted(
      (a, b) =>
        ORDER.indexOf(a.group) - ORDER.indexOf(b.group) ||
        Number(a.blocked !== null) - Number(b.blocked !== null),
    );
}

/** The template that a dialog begins with: `note` is any of the notes. */
export const wanted = (templates: readonly Template[], template: string | null): Template | null =>
  template === null
    ? null
    : (templates.find(({ id }) => id === template) ??
      templates.find(({ id }) => id.startsWith(`${template}-`)) ??
      null);

/** Problems with answers, by the label of their field (`fromTemplate`). */
export function problemsByLabel(message: string): ReadonlyMap<string, string> {
  const problems = new Map<string, string>();
  for (const line of message.split('\n')) {
    const colon = line.indexOf(': ');
    if (colon > 0 && !problems.has(line.slice(0, colon)))
      problems.set(line.slice(0, colon), line.slice(colon + 2));
  }
  return problems;
}

/** What is added to a file that is there: its last section. */
export const addedPart = (text: string): string => {
  const at = text.replaceAll('\r\n', '\n').lastIndexOf('\n## ');
  return at < 0 ? text : text.replaceAll('\r\n', '\n').slice(at + 1);
};

/** A title within a sentence: `MCP server` stays, `Goal` is `goal`. */
export const inSentence = (title: string): string =>
  /^\p{Lu}\p{Ll}/u.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
