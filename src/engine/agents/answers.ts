import type { Result } from '../../core/result.ts';
import { answersAboutFigures } from './answers-figures.ts';
import { answersAboutFiles } from './answers-files.ts';
import { answersAboutRecords } from './answers-records.ts';
import type { AgentsLive } from './live.ts';
import type { Scene } from './scene.ts';
import type { AgentsSession } from './session.ts';

/** Gives an answer what is known now, once the first reading is done. */
export type WithScene = <T>(answer: (scene: Scene) => Result<T> | Promise<Result<T>>) => Promise<Result<T>>;

/** Answers from what is known of a root. */
export function sceneOf(live: AgentsLive): WithScene {
  return async (answer) => {
    const scene = await live.scene();
    return scene.ok ? answer(scene.value) : scene;
  };
}

/** Answers every question about a root. */
export function createAnswers(withScene: WithScene): AgentsSession['answers'] {
  return {
    ...answersAboutFigures(withScene),
    ...answersAboutRecords(withScene),
    ...answersAboutFiles(withScene),
  };
}
