import { MAX_EDITS } from '../../../contract/edits.ts';
import { fail, ok, type Result } from '../../result.ts';
import { limits } from '../../storage/limits.ts';
import { counted } from '../figures/numbers.ts';
import { placeOf } from '../file-kind.ts';
import type { AgentFolder } from '../folder.ts';
import { mayWrite } from '../may-write.ts';
import type { Asked } from './plan-edits.ts';

type Edits = Asked['edits'];

/**
 * Whether edits may be written: each lies in the opened folder, is a file that a person writes, is made from what stands
 * there now, and is a text. Those that change nothing are left out. `after`: the folder with all of them laid over it.
 */
export function checked(folder: AgentFolder, after: AgentFolder, asked: Asked): Result<Edits> {
  const { edits } = asked;
  if (edits.length > MAX_EDITS) {
    const message = `${edits.length} files are too many for one change; ${MAX_EDITS} can be written at once.`;
    return fail('too-large', message, 'Save them in several changes.');
  }
  const seen = new Set<string>();
  const conflicts: string[] = [];
  const changing: Edits[number][] = [];
  for (const edit of edits) {
    const wrong =
      misplaced(edit.path) ??
      (edit.base === null ? badName(edit.path) : null) ??
      (seen.has(edit.path) ? twice(edit.path) : null);
    if (wrong !== null) return wrong;
    seen.add(edit.path);
    const there = folder.text(edit.path);
    if (!there.ok && there.error.kind !== 'not-found') return there;
    const refused = notForPersons(after, edit.path, asked);
    if (refused !== null) return refused;
    const standing = there.ok ? there.value : null;
    if ((standing?.sha256 ?? null) !== edit.base) {
      conflicts.push(edit.path);
      continue;
    }
    if (standing !== null && standing.text === null) {
      const message = `The text of ${edit.path} can't be written. ${standing.noText ?? ''}`.trimEnd();
      return fail('refused', message, 'Mend the file with a program that can.');
    }
    const bad = edit.text === null ? null : noText(edit.path, edit.text);
    if (bad !== null) return bad;
    if (edit.text !== (standing?.text ?? null)) changing.push(edit);
  }
  if (conflicts.length > 0) return conflict(conflicts);
  if (changing.length > 0) return ok(changing);
  const names = edits.length === 1 ? edits[0]!.path : counted(edits.length, 'file');
  return fail('bad-request', `Nothing differs in ${names}.`, 'There is nothing to write.');
}

/** A name that is no plain path below the root. Links that lead out are refused when the file is read. */
function misplaced(path: string): Result<never> | null {
  const parts = (path.startsWith('../') ? path.slice(3) : path).split('/');
  if (!path.includes('\\') && !path.includes('\0') && parts.every((part) => !/^\.{0,2}$/.test(part)))
    return null;
  return fail('refused', `${path} is no path of a file in the opened folder.`, 'Name a file of the folder.');
}

/** A new file gets no name that breaks the line of a list, or that no other program could say. */
function badName(path: string): Result<never> | null {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (path.isWellFormed() && !/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(path)) return null;
  const message = 'The name of the new file holds characters that can’t be shown.';
  return fail('refused', message, 'Give it a name of letters, digits, - and _.');
}

function twice(path: string): Result<never> {
  return fail('bad-request', `${path} is there twice.`, 'Give one text for each file.');
}

function notForPersons(after: AgentFolder, path: string, { only, also }: Asked): Result<never> | null {
  const place = placeOf(after, path);
  if (only !== null && !only.has(place.kind)) {
    return fail('refused', `${path} is not what this change may write.`, 'Nothing was written.');
  }
  const may = mayWrite(place);
  if (may.may || also.has(place.kind)) return null;
  return fail('refused', `${path} can't be written here. ${may.why}`, 'Nothing was written.');
}

function noText(path: string, text: string): Result<never> | null {
  const bytes = Buffer.byteLength(text);
  if (bytes > limits.agentFileBytes) {
    const message = `${path} would have ${bytes} bytes; ${limits.agentFileBytes} are read as text.`;
    return fail('too-large', message, 'Make it shorter, or two files of it.');
  }
  if (!text.includes('\0') && text.isWellFormed()) return null;
  return fail('bad-request', `${path} would hold what is no text.`, 'Take the broken character out.');
}

function conflict(paths: readonly string[]): Result<never> {
  const some = paths.slice(0, 5).join(', ');
  const named = paths.length > 5 ? `${some} and ${paths.length - 5} more` : some;
  return fail(
    'conflict',
    `${named} changed on disk since ${paths.length === 1 ? 'it was' : 'they were'} read.`,
    'Open the three-way view, which shows both texts beside what they were made from.',
  );
}
