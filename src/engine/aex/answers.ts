import type { Result } from '../../core/result.ts';
import { answersAboutEntries } from './answers-entries.ts';
import { answersAboutFigures } from './answers-figures.ts';
import { answersAboutProof } from './answers-proof.ts';
import type { LedgerScene } from './scene.ts';
import type { LedgerSession } from './session.ts';

type Answers = LedgerSession['answers'];

/** Answers every question about a ledger. No token of it leaves in any of them, whatever text it stands in. */
export function createAnswers(scene: LedgerScene): Answers {
  const answers = {
    ...answersAboutEntries(scene),
    ...answersAboutFigures(scene),
    ...answersAboutProof(scene),
  };
  return Object.fromEntries(
    Object.entries(answers).map(([name, answer]) => [name, withheld(scene, answer as Answer)]),
  ) as unknown as Answers;
}

type Answer = (input: unknown, signal?: AbortSignal) => Result<unknown> | Promise<Result<unknown>>;

function withheld(scene: LedgerScene, answer: Answer): Answer {
  return async (input, signal) => {
    const result = await answer(input, signal);
    return scene.masker().deep(result);
  };
}
