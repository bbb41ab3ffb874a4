import { fail } from '../../core/result.ts';
import type { Call } from '../command.ts';
import { runAgentsCost } from './agents-cost.ts';
import { runAgentsDoctor } from './agents-doctor.ts';
import { runAgentsEscalations } from './agents-escalations.ts';
import { runAgentsHistory, runAgentsRestore } from './agents-history.ts';
import { runAgentsList } from './agents-list.ts';
import { runAgentsPrompt } from './agents-prompt.ts';
import { runAgentsResolve } from './agents-resolve.ts';

type Part = {
  readonly run: (call: Call, words: readonly string[]) => number | Promise<number>;
  /** words after the part at most, and what they are */
  readonly words: number;
  readonly takes: string;
  readonly options: readonly string[];
};

const asks = (
  run: (call: Call, dir: string | undefined) => number | Promise<number>,
  ...more: string[]
): Part => ({
  run: (call, [dir]) => run(call, dir),
  words: 1,
  takes: '[DIR]',
  options: ['agent', 'today', ...more],
});
const WRITING = ['preview', 'yes'];

const PARTS = {
  list: asks(runAgentsList),
  cost: asks(runAgentsCost),
  doctor: asks(runAgentsDoctor),
  prompt: asks(runAgentsPrompt, 'text'),
  escalations: asks(runAgentsEscalations),
  resolve: {
    run: runAgentsResolve,
    words: 2,
    takes: 'PROPOSAL [DIR]',
    options: ['agent', 'approve', 'reject', 'redact', 'amend', 'note', 'by', ...WRITING],
  },
  history: { run: runAgentsHistory, words: 2, takes: 'FILE [DIR]', options: [] },
  restore: { run: runAgentsRestore, words: 3, takes: 'FILE VERSION [DIR]', options: WRITING },
} as const satisfies Record<string, Part>;

const isPart = (word: string): word is keyof typeof PARTS => Object.hasOwn(PARTS, word);

/** Answers `agents PART …`. */
export async function runAgents(call: Call): Promise<number> {
  const [part = '', ...words] = call.words;
  if (!isPart(part)) {
    return call.out.failure(
      fail(
        'bad-request',
        `There is nothing called “${part}” to ask of agents.`,
        `Ask for one of: ${Object.keys(PARTS).join(', ')}`,
      ).error,
    );
  }
  const { run, words: most, takes, options }: Part = PARTS[part];
  if (words.length > most) {
    const hint = `It takes: vekscope agents ${part} ${takes}`;
    return call.out.failure(fail('bad-request', `agents ${part} got a word too many.`, hint).error);
  }
  const own = ['agent', 'today', 'text', 'approve', 'reject', 'redact', 'amend', 'note', 'by', ...WRITING];
  const odd = own.find((name) => call.options[name] !== undefined && !options.includes(name));
  if (odd !== undefined) {
    const where = Object.entries<Part>(PARTS).filter(([, one]) => one.options.includes(odd));
    const names = where.map(([name]) => name).join(', ');
    return call.out.failure(
      fail('bad-request', `--${odd} is not for agents ${part}.`, `It goes with: ${names}`).error,
    );
  }
  return run(call, words);
}
