import type { Failure, Result } from '../../../../../contract/failure.ts';
import { api } from '../../../../app/engine.ts';
import { useAnswer } from '../../../../app/use-answer.ts';
import { useScene } from '../../scene.ts';

/** A text that was asked for. `text` null: the file was not there. */
export type VersionText =
  { readonly text: string | null } | { readonly waits: true } | { readonly error: Failure };

/** The text that a file had, by its hash; null: it was not there. */
export function useVersionText(path: string, sha256: string | null): VersionText {
  const { source } = useScene();
  const { value, error } = useAnswer(
    source,
    `version ${path} ${sha256}`,
    async (): Promise<Result<string | null>> =>
      sha256 === null
        ? { ok: true, value: null }
        : await api.edits.version({ source, path, version: sha256 }),
    { keep: false },
  );
  if (sha256 === null) return { text: null };
  if (value !== null) return { text: value };
  return error === null ? { waits: true } : { error };
}
