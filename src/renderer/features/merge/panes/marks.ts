import type { DocumentDecision, LineOrigin, MergeUnit } from '../../../../contract/merge.ts';
import type { SideName } from '../names.ts';

/** How a unit stands: `open` blocks the merge, `settled` was decided by a person, `auto` by the merge. */
export type UnitState = 'open' | 'settled' | 'auto';

/** The state of every unit of a document by what was decided about it. */
export function statesOf(
  units: readonly MergeUnit[],
  { whole, reopened, choices }: DocumentDecision,
): ReadonlyMap<string, UnitState> {
  const chosen = new Set(choices.map(({ unit }) => unit));
  const opened = new Set(typeof reopened === 'boolean' ? [] : reopened);
  return new Map(
    units.map(({ id, taken }) => {
      if (whole !== null || chosen.has(id)) return [id, 'settled'];
      if (opened.has(id) || reopened === true) return [id, 'open'];
      return [id, taken === null ? 'open' : 'auto'];
    }),
  );
}

type Names = { readonly ours: SideName; readonly theirs: SideName };

/** The letters that stand for the two branches in a margin: their first ones, or L and R where those are equal. */
export function lettersOf({ ours, theirs }: Names): { readonly ours: string; readonly theirs: string } {
  const [a, b] = [firstLetter(ours.name), firstLetter(theirs.name)];
  return a === null || b === null || a === b ? { ours: 'L', theirs: 'R' } : { ours: a, theirs: b };
}

const firstLetter = (name: string): string | null => /[a-z0-9]/i.exec(name)?.[0].toUpperCase() ?? null;

/** Where a line of the result comes from, in words; empty for what nobody changed. */
export function originWords(origin: LineOrigin, { ours, theirs }: Names): string {
  switch (origin) {
    case 'ours':
      return `from ${ours.name}`;
    case 'theirs':
      return `from ${theirs.name}`;
    case 'both':
      return `the same on ${ours.name} and ${theirs.name}`;
    case 'edit':
      return 'typed here';
    case 'open':
      return `open, and shown as ${ours.name} has it`;
    case 'base':
      return '';
  }
}

/** Stretches of lines of one origin; what nobody changed is left out. `to` is the line after the last. */
export function originRuns(
  origins: readonly LineOrigin[],
): readonly { readonly origin: Exclude<LineOrigin, 'base'>; readonly from: number; readonly to: number }[] {
  const runs: { origin: Exclude<LineOrigin, 'base'>; from: number; to: number }[] = [];
  for (const [line, origin] of origins.entries()) {
    if (origin === 'base') continue;
    const last = runs.at(-1);
    if (last !== undefined && last.to === line && last.origin === origin) last.to = line + 1;
    else runs.push({ origin, from: line, to: line + 1 });
  }
  return runs;
}
