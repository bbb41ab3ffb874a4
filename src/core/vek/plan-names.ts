import { fail, type Failure } from '../result.ts';

/** The prefixes of ref names that are not branches (formats/vek.md §5). */
export const TAG_PREFIX = 'tag/';
export const CHECKPOINT_PREFIX = 'checkpoint/';

/** Whether a ref name is a tag's or a checkpoint's, by the exact prefixes that vek's branch list leaves out. */
export function isReserved(name: string): boolean {
  return name.startsWith(TAG_PREFIX) || name.startsWith(CHECKPOINT_PREFIX);
}

/** Why a new branch can't have this name; null when it can. */
export function branchNameProblem(name: string): Failure | null {
  const problem = nameProblem(name, 'branch');
  if (problem !== null || !isReserved(name)) return problem;
  const prefix = name.startsWith(TAG_PREFIX) ? TAG_PREFIX : CHECKPOINT_PREFIX;
  return refusal(
    `A branch can't be named “${name}”: names that begin with “${prefix}” are ${prefix === TAG_PREFIX ? 'tags' : 'checkpoints'}, and would not be listed as branches.`,
    'Choose a name without that beginning.',
  );
}

/** Why a new tag can't have this name (without its `tag/`); null when it can. */
export function tagNameProblem(name: string): Failure | null {
  return nameProblem(name, 'tag');
}

/** Names are as free as vek's, save those that do not survive being written to HEAD and read again (formats/vek.md §1). */
function nameProblem(name: string, what: string): Failure | null {
  if (name === '') return refusal(`The name of a ${what} can't be empty.`, 'Give it a name.');
  if (name !== name.trim()) {
    return refusal(
      `The name of a ${what} can't begin or end with white space: it is cut off when the name is read from HEAD.`,
      'Remove the white space around the name.',
    );
  }
  if (/[\p{Cc}\u2028\u2029]/u.test(name)) {
    return refusal(
      `The name of a ${what} can't hold line breaks or other control characters.`,
      'Remove them from the name.',
    );
  }
  if (!name.isWellFormed()) {
    return refusal(
      `This name of a ${what} can't be written as UTF-8: it holds half a character.`,
      'Type it again.',
    );
  }
  return null;
}

/** A branch name that the Python tool lists among the tags too, because its list is blind to case. */
export function looksLikeTag(name: string): boolean {
  const lower = name.toLowerCase();
  return !isReserved(name) && (lower.startsWith(TAG_PREFIX) || lower.startsWith(CHECKPOINT_PREFIX));
}

function refusal(message: string, hint: string): Failure {
  return fail('bad-request', message, hint).error;
}
