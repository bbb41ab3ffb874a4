import type { VekOverview } from '../../../../contract/vek.ts';

/** A run that can be chosen by name. `label` is the name without `tag/` or `checkpoint/`. */
export type NamedRun = {
  readonly name: string;
  readonly label: string;
  readonly what: 'branch' | 'HEAD' | 'tag' | 'checkpoint';
  /** the lane colour of a branch; null for a tag */
  readonly colour: number | null;
};

/** Every run of a repository that has a name: branches, HEAD's first, then tags and checkpoints. */
export function runsOf({ branches, tags, checkpoints }: VekOverview): readonly NamedRun[] {
  return [
    ...branches
      .filter(({ present }) => present)
      .toSorted((a, b) => Number(b.current) - Number(a.current))
      .map(({ name, current, colour }): NamedRun => ({
        name,
        label: name,
        what: current ? 'HEAD' : 'branch',
        colour,
      })),
    ...tags.map(({ name, label }): NamedRun => ({ name, label, what: 'tag', colour: null })),
    ...checkpoints.map(({ name, label }): NamedRun => ({ name, label, what: 'checkpoint', colour: null })),
  ];
}

/** What a typed text asks for: the name of a run where it is one (also without its prefix), else the text itself. */
export function textOfRun(text: string, runs: readonly NamedRun[]): string {
  const wanted = text.trim();
  const found = runs.find(({ name }) => name === wanted) ?? runs.find(({ label }) => label === wanted);
  return found?.name ?? wanted;
}
