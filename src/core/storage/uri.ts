/**
 * Turns SQLite's URI names on for this process. They are off in the build of better-sqlite3 and read from the
 * environment once, when the addon loads; in a worker thread it is too late (notes on looking at stores:
 * `immutable` and `readonly_shm` exist only as URI parameters). Entries of the main thread import this first.
 */
export function enableUriNames(): void {
  process.env['SQLITE_USE_URI'] = '1';
}

enableUriNames();
