import type { FileEdit } from '../../../contract/edits.ts';
import { fail, ok, type Result } from '../../result.ts';
import type { EditContext } from './context.ts';
import { coverSecrets, uncovered } from './secrets.ts';

/** The three texts of an edit, with secrets covered alike; null: there is no file. */
export type EditSides = {
  readonly path: string;
  readonly base: string | null;
  /** false: the text that the edit was made from is not kept */
  readonly known: boolean;
  readonly ours: string | null;
  readonly theirs: string | null;
  /** the hash of the bytes on disk */
  readonly disk: string | null;
  /** what a person should know about them */
  readonly notes: readonly string[];
};

/** Gives a former text by its hash. */
export type BaseText = (ctx: EditContext, sha256: string) => Result<string>;

/** Reads what an edit was made from and what stands on disk now. */
export function sidesOf(ctx: EditContext, edit: FileEdit, baseText: BaseText): Result<EditSides> {
  const { path } = edit;
  const standing = ctx.folder.text(path);
  if (!standing.ok && standing.error.kind !== 'not-found') return standing;
  const file = standing.ok ? standing.value : null;
  if (file !== null && file.text === null) {
    const hint = 'Drop the edit, or repair the file with another program first.';
    return fail('conflict', `${path} is no text any more. ${file.noText ?? ''}`.trimEnd(), hint);
  }
  const disk = file?.text ?? null;
  const kept = edit.base === null ? null : formerText(ctx, edit.base, file?.sha256 ?? null, disk, baseText);
  const known = edit.base === null || kept !== null;
  // equal secrets have equal numbers: those of the disk, where an edit gets them back from
  const theirs = disk === null ? null : coverSecrets(path, disk);
  const base = kept === null ? null : coverSecrets(path, kept, theirs?.secrets);
  const ours = oursOf(edit, kept, base?.secrets ?? theirs?.secrets ?? []);
  if (!ours.ok) return ours;
  const sides = { base: base?.text ?? null, ours: ours.value, theirs: theirs?.text ?? null };
  const ends = withLineEnds(sides, known);
  const unknown = known
    ? []
    : [`What ${path} was when you began is not kept, so every difference is left to you.`];
  const changed =
    ends.to === null ? [] : [`The line ends of ${path} were changed: the result has ${ends.to}.`];
  return ok({
    path,
    known,
    ...ends.sides,
    disk: file?.sha256 ?? null,
    notes: [...unknown, ...changed],
  });
}

function formerText(
  ctx: EditContext,
  sha256: string,
  onDisk: string | null,
  disk: string | null,
  baseText: BaseText,
): string | null {
  if (sha256 === onDisk) return disk;
  const kept = baseText(ctx, sha256);
  return kept.ok ? kept.value : null;
}

/** The edit's text, with its secrets numbered like those of the disk. */
function oursOf(
  { path, text }: FileEdit,
  base: string | null,
  secrets: readonly string[],
): Result<string | null> {
  if (text === null || base === null) return ok(text);
  const real = uncovered(path, text, base);
  return real.ok ? ok(coverSecrets(path, real.value, secrets).text) : real;
}

type Texts = Pick<EditSides, 'base' | 'ours' | 'theirs'>;
type Ends = 'LF' | 'CRLF' | 'mixed' | 'none';

/**
 * The texts with the line ends that the result has, where one side as a whole has others: those of the side that changed
 * them. `to` null: nothing had to be done.
 */
function withLineEnds(sides: Texts, known: boolean): { readonly sides: Texts; readonly to: Ends | null } {
  const ends = { base: endsOf(sides.base), ours: endsOf(sides.ours), theirs: endsOf(sides.theirs) };
  const found = new Set([ends.base, ends.ours, ends.theirs]);
  found.delete('none');
  if (found.size < 2 || found.has('mixed')) return { sides, to: null };
  const to =
    ends.ours === 'none' || (known && ends.ours === ends.base) || ends.base === 'none'
      ? ends.theirs
      : ends.ours;
  const target = to === 'none' ? ends.ours : to;
  const put = (text: string | null): string | null =>
    text === null ? null : text.replaceAll(/\r?\n/g, target === 'CRLF' ? '\r\n' : '\n');
  return {
    sides: { base: put(sides.base), ours: put(sides.ours), theirs: put(sides.theirs) },
    to: target,
  };
}

function endsOf(text: string | null): Ends {
  if (text === null || !text.includes('\n')) return 'none';
  if (!text.includes('\r\n')) return 'LF';
  return /(?<!\r)\n/.test(text) ? 'mixed' : 'CRLF';
}
