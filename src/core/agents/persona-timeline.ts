import { createHash } from 'node:crypto';
import type { FileVersion, PersonaVersion } from '../../contract/edits.ts';

/** What a file was over time, newest first, as `fileHistory` gives it. */
export type PathHistory = { readonly path: string; readonly versions: readonly FileVersion[] };

/** The versions of a persona without what its runs came to, oldest first. */
export type TimelineVersion = Omit<PersonaVersion, 'figures'>;

/** What is written together counts as one version: also by others, where the times lie this close, in microseconds. */
const TOGETHER_MICROS = 2_000_000;

type Step = { readonly path: string; readonly version: FileVersion };

/**
 * The texts that were in force together, oldest first. What stood there when a file was first seen is taken to have
 * always stood there: nothing is known of before. Equal neighbours are one.
 */
export function timelineOf(histories: readonly PathHistory[]): readonly TimelineVersion[] {
  const state = new Map<string, string | null>();
  const steps: Step[] = [];
  for (const { path, versions } of histories) {
    const ordered = versions.filter(({ how }) => how !== 'agent').toReversed();
    const first = ordered[0];
    // one that Vekscope made was not there before
    const made = first?.how === 'saved';
    state.set(path, first === undefined || made ? null : first.sha256);
    for (const version of made ? ordered : ordered.slice(1)) steps.push({ path, version });
  }
  steps.sort((a, b) => a.version.atMicros - b.version.atMicros);
  const timeline: TimelineVersion[] = [versionOf(state, [], null, 1)];
  for (const group of groupsOf(steps)) {
    for (const { path, version } of group) state.set(path, version.sha256);
    const before = timeline.at(-1)!;
    const changed = before.files
      .filter(({ path, sha256 }) => state.get(path) !== sha256)
      .map(({ path }) => path);
    if (changed.length === 0) continue;
    const begins = group[0]!.version;
    timeline[timeline.length - 1] = { ...before, toMicros: begins.atMicros };
    timeline.push(versionOf(state, changed, begins, timeline.length + 1));
  }
  return timeline;
}

/** Steps that were made by one write, or by others at about one time. */
function groupsOf(steps: readonly Step[]): readonly (readonly Step[])[] {
  const groups: Step[][] = [];
  for (const step of steps) {
    const last = groups.at(-1)?.at(-1)?.version;
    const now = step.version;
    const together =
      last !== undefined &&
      last.edit === now.edit &&
      (now.edit !== null || now.atMicros - last.atMicros <= TOGETHER_MICROS);
    if (together) groups.at(-1)!.push(step);
    else groups.push([step]);
  }
  return groups;
}

function versionOf(
  state: ReadonlyMap<string, string | null>,
  changed: readonly string[],
  begins: FileVersion | null,
  number: number,
): TimelineVersion {
  const files = Array.from(state, ([path, sha256]) => ({ path, sha256 }));
  const id = createHash('sha256').update(JSON.stringify(files.map(({ path, sha256 }) => [path, sha256])));
  return {
    id: id.digest('hex').slice(0, 16),
    number,
    label: begins?.label ?? null,
    title: begins === null ? 'As it was first seen' : begins.title,
    fromMicros: begins?.atMicros ?? null,
    toMicros: null,
    how: begins === null ? 'first' : begins.how === 'saved' ? 'saved' : 'seen',
    files,
    changed,
  };
}
