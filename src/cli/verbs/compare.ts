import { topologicalOrder } from '../../core/graph/order.ts';
import type { IgnoreRules } from '../../core/json/ignored.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { findEnd, type End } from '../../core/vek/compare/ends.ts';
import { readIndexIn } from '../../core/vek/index-read.ts';
import { ask } from '../ask.ts';
import type { Call } from '../command.ts';
import { EXIT } from '../output.ts';
import { compareCallsIn, type CallsAnswer } from './compare-calls.ts';
import { compareRunsIn, type RunsAnswer } from './compare-runs.ts';

type Answer = CallsAnswer | RunsAnswer;

/**
 * Compares two calls (both named by hash, or `--calls`) or two runs. Exit 0: nothing differs in what counts, 1: it
 * does, 2: not done.
 */
export function runCompare(call: Call): number {
  const rules = rulesOf(call);
  if (!rules.ok) return call.out.failure(rules.error);
  if (call.options['calls'] === true && call.options['runs'] === true) {
    return call.out.failure(
      fail('bad-request', '--calls and --runs contradict each other.', 'Give one of them.').error,
    );
  }
  const asked = ask(call, ['nodes', 'objects', 'refs'], (s): Result<Answer> => {
    const index = readIndexIn(s);
    const refs = s.refs();
    const [a, b] = call.words.map((word) => findEnd(s, refs, index, word)) as [Result<End>, Result<End>];
    if (!a.ok) return a;
    if (!b.ok) return b;
    const ends = { a: a.value, b: b.value };
    const byHash = a.value.ref === null && b.value.ref === null;
    const calls = call.options['calls'] === true || (byHash && call.options['runs'] !== true);
    if (calls) return compareCallsIn(s, ends, rules.value);
    return ok(compareRunsIn(s, index, topologicalOrder(index), ends, rules.value));
  });
  if (!asked.ok) return call.out.failure(asked.error);
  const { value, exit } = asked.value;
  call.out.answer(value.json, () => value.lines(call.out));
  for (const note of value.notes) call.out.note(note);
  return value.differs ? EXIT.problems : exit;
}

function rulesOf(call: Call): Result<IgnoreRules> {
  const given = call.options['ignore'];
  const fields: string[] = [];
  const found = { times: false, ids: false };
  for (const rule of typeof given === 'object' ? given : []) {
    if (rule === 'times') found.times = true;
    else if (rule === 'ids') found.ids = true;
    else if (rule.startsWith('field:') && rule.length > 6) fields.push(rule.slice(6));
    else {
      return fail(
        'bad-request',
        `--ignore takes times, ids or field:NAME, not “${rule}”.`,
        'For example: --ignore times --ignore field:seed',
      );
    }
  }
  return ok({ ...found, fields });
}
