import type { Failure, FailureKind, Result } from '../contract/failure.ts';

export type { Failure, FailureKind, Result };

/** Wraps a value as a success. */
export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** Makes a failure: what is so, and what the person can do. `detail` is the raw cause. */
export function fail(
  kind: FailureKind,
  message: string,
  hint: string,
  detail?: string,
): { readonly ok: false; readonly error: Failure } {
  return {
    ok: false,
    error: detail === undefined ? { kind, message, hint } : { kind, message, hint, detail },
  };
}
