import type { ComparedRuns } from './compare-runs.ts';

/** What a person should know of a comparison beside its rows. `names` are those of the two runs. */
export function notesOn(
  { parted, unread, undescribed }: ComparedRuns,
  names: { readonly a: string; readonly b: string },
): readonly string[] {
  const notes: string[] = [];
  if (parted.bases.length > 1) {
    notes.push(
      `The two runs were merged into each other crosswise and have ${counted(parted.bases.length, 'newest call')} in common; the newest of them counts as the split.`,
    );
  }
  for (const [name, cut] of [
    [names.a, parted.cutA],
    [names.b, parted.cutB],
  ] as const) {
    if (cut)
      notes.push(`A parent of a call of ${name} is not in the store, so what came before it is unknown.`);
  }
  if (unread > 0) {
    notes.push(
      `${counted(unread, 'content')} could not be read without what is ignored (missing, no JSON, or beyond a limit), and ${unread === 1 ? 'counts' : 'count'} as stored.`,
    );
  }
  if (undescribed > 0) {
    notes.push(
      `More calls differ than are looked at closely: ${counted(undescribed, 'call')} ${undescribed === 1 ? 'was' : 'were'} paired by tool and place alone.`,
    );
  }
  return notes;
}

/** A count with its noun and thousands marks. */
export function counted(count: number, one: string): string {
  return `${count.toLocaleString('en-GB')} ${one}${count === 1 ? '' : 's'}`;
}

/** What to say of sums that do not cover all calls of a run. */
export function partialSums(name: string, read: number, calls: number): readonly string[] {
  return read === calls
    ? []
    : [`The sums of ${name} are of its first ${counted(read, 'call')} of ${calls.toLocaleString('en-GB')}.`];
}
