/** Why a name can't be that of a file in the same folder, in words; null where it can. */
export function newNameProblem(before: string, name: string): string | null {
  const ending = /\.[^.]+$/.exec(before)?.[0] ?? '';
  if (name.trim() === '') return 'A file needs a name.';
  if (name.length > 200) return 'A name has at most 200 characters.';
  if (/[\\/\p{Cc}]/u.test(name)) return 'A name is one word of a path: no slashes and no line breaks.';
  if (name.startsWith('.')) return 'A name that begins with a dot is hidden from the agent.';
  if (!name.endsWith(ending) || name === ending)
    return `The name ends in ${ending}, or the agent does not read it.`;
  return null;
}
