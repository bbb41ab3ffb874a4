import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { projectRoot } from './peers.ts';

/** Stores that belong to the project: tests look at copies of them. */
const PLACES = [join('resources', 'sample'), join('test', 'goldens')];
const LEFT_BEHIND = /\.db-(?:wal|shm|journal)$|\.lock$/;

/** What a connection or a lock left beside a store of the project, by its path in the project. */
function leftovers(): string[] {
  return PLACES.map((place) => join(projectRoot, place))
    .filter((place) => existsSync(place))
    .flatMap((place) =>
      readdirSync(place, { recursive: true, encoding: 'utf8' }).map((name) => join(place, name)),
    )
    .filter((path) => LEFT_BEHIND.test(path))
    .map((path) => relative(projectRoot, path))
    .toSorted();
}

/** Before all tests; what it returns runs after them and fails the run when one opened such a store in place. */
// oxlint-disable-next-line import/no-default-export -- the form both runners of tests ask for
export default function setUp(): () => void {
  const before = new Set(leftovers());
  return () => {
    const left = leftovers().filter((path) => !before.has(path));
    if (left.length > 0) {
      throw new Error(`A test opened a store of the project instead of a copy and left: ${left.join(', ')}`);
    }
  };
}
