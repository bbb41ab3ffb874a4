import { fail } from '../../core/result.ts';
import type { Call } from '../command.ts';
import { runAgentsCost } from './agents-cost.ts';

import { runAgentsDoctor } from './agents-doctor.ts';
import { runAgentsEscalations } from './agents-escalations.ts';
import { runAgentsList } from './agents-list.ts';
import { runAgentsPrompt } from './agents-prompt.ts';

const PARTS = {
  list: runAgentsList,
  cost: runAgentsCost,
  doctor: runAgentsDoctor,

  prompt: runAgentsPrompt,
  escalations: runAgentsEscalations,
} as const;

const isPart = (word: string): word is keyof typeof PARTS => Object.hasOwn(PARTS, word);

/** Answers `agents PART [DIR]`. */
export async function runAgents(call: Call): Promise<number> {
  const [part = '', dir] = call.words;
  if (!isPart(part)) {
    return call.out.failure(
      fail(
        'bad-request',
        `There is nothing called “${part}” to ask of agents.`,
        `Ask for one of: ${Object.keys(PARTS).join(', ')}`,
      ).error,
    );
  }
  if (call.options['text'] === true && part !== 'prompt') {
    return call.out.failure(
      fail('bad-request', '--text is for the prompt only.', 'For example: vekscope agents prompt --text')
        .error,
    );
  }
  return PARTS[part](call, dir);
}
