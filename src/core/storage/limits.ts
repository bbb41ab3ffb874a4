/**
 * Every limit of the product, each with its reason and what the person sees beyond it. Beyond a limit nothing is
 * dropped silently: the view says what it did not read and offers to read it.
 */
export const limits = {
  /** JSON nesting. Python itself stops near 1,000. Beyond: the content is shown as text. */
  jsonDepth: 2_000,
  /** Bytes of one JSON document that are parsed at once. Beyond: the beginning, and “show anyway”. */
  jsonBytes: 64 * 1024 * 1024,
  /** Digits of an integer that Python still reads and writes (formats/vek.md §4). Beyond: no canonical form. */
  integerDigits: 4_300,
  /** Bytes of one object that a node view shows unasked. Beyond: the beginning, and “show anyway”. */
  contentBytes: 1024 * 1024,
  /** Bytes of an object that are read to summarise a call in its row. Beyond: the summary uses the beginning. */
  summaryBytes: 64 * 1024,
  /** Children of a node that are listed as links. Beyond: the count. */
  childLinks: 100,
  /** Folders below the opened one that are searched for stores. Beyond: a message names the limit. */
  searchFolders: 5_000,
  searchDepth: 4,
  /** Attempts to get an unchanged look at a store while another process writes, before “busy”. */
  lookAttempts: 8,
  /** Size up to which a database is checked whole (quick_check) before the first write to it. Above: refs only. */
  quickCheckBytes: 64 * 1024 * 1024,
  /** Milliseconds that a writer waits for SQLite's lock; vek waits five seconds itself. */
  busyTimeoutMs: 5_000,
  /** Age in seconds after which vek deletes a HEAD.lock as stale (formats/vek.md §1). */
  headLockStaleSeconds: 300,
} as const;
