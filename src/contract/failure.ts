/**
 * What can go wrong, as a value. `kind` is for programs, `message` says what is so and what that means,
 * `hint` says what the person can do, `detail` is the raw cause for a bug report.
 */
export type Failure = {
  readonly kind: FailureKind;
  readonly message: string;
  readonly hint: string;
  readonly detail?: string;
};

export type FailureKind =
  /** a hash, ref, file or folder that is not there */
  | 'not-found'
  /** a prefix that fits several things */
  | 'ambiguous'
  /** arguments that make no sense */
  | 'bad-request'
  /** no store of a known kind at or above the folder */
  | 'not-a-repository'
  /** the file is not an SQLite database */
  | 'not-a-database'
  /** the store is there, and so broken that the question has no answer */
  | 'damaged'
  /** one record that can't be read, in its place */
  | 'unreadable'
  /** another process writes, and did not stop for as long as we waited */
  | 'busy'
  /** a recording session holds HEAD.lock, or another Vekscope applies a plan */
  | 'locked'
  /** what the plan saw before is no longer so; nothing was written */
  | 'conflict'
  /** the name is taken */
  | 'exists'
  /** beyond a limit of `core/storage/limits.ts` */
  | 'too-large'
  /** we could, and will not: hostile schema, foreign operation, path outside the opened folder */
  | 'refused'
  /** the person stopped it */
  | 'cancelled'
  /** the operating system said no */
  | 'io';

/** Either a value or the reason why there is none. Throwing is for bugs. */
export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Failure };
