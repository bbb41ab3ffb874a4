import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import type { ResolutionVerb } from '../../contract/edits.ts';
import type { Escalation } from '../../contract/escalations.ts';
import { readEscalations } from '../../core/agents/escalations/read.ts';
import { cleanName } from '../../core/agents/text/answer.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { systemFailure } from '../../core/storage/failures.ts';
import { writeScene, type WriteScene } from '../agents-write-scene.ts';
import type { Call } from '../command.ts';
import { safeLine } from '../output.ts';
import { writeChange } from './agents-write.ts';

/** Answers an escalation as its agent’s runtime takes it. */
export async function runAgentsResolve(call: Call, [word, dir]: readonly string[]): Promise<number> {
  const { out, options } = call;
  if (word === undefined) {
    const hint = 'See what waits with: vekscope agents escalations';
    return out.failure(fail('bad-request', 'No proposal was named.', hint).error);
  }
  const answer = answerOf(call);
  if (!answer.ok) return out.failure(answer.error);
  const scene = writeScene(call, dir, word);
  if (!scene.ok) return out.failure(scene.error);
  const one = escalationOf(call, scene.value, word);
  if (!one.ok) return out.failure(one.error);
  const { path, proposalSha256, agent } = one.value;
  const by = typeof options['by'] === 'string' ? options['by'] : userName();
  const note = typeof options['note'] === 'string' ? options['note'] : null;
  return writeChange(
    call,
    scene.value.ctx,
    { do: 'resolve', path, proposal: proposalSha256 ?? '0'.repeat(64), by, note, ...answer.value },
    `${answer.value.verb} by ${safeLine(by)}. ${safeLine(agent)} takes it when it looks for answers next.`,
  );
}

type Answer = { readonly verb: ResolutionVerb; readonly amendment: string | null };

function answerOf({ options, start }: Call): Result<Answer> {
  const given = ['approve', 'reject', 'redact', 'amend'].filter((name) => options[name] !== undefined);
  const [name] = given;
  if (name === undefined || given.length > 1) {
    return fail(
      'bad-request',
      name === undefined ? 'No answer was given.' : 'More than one answer was given.',
      'Give one of: --approve, --reject, --redact, --amend FILE',
    );
  }
  if (name === 'approve') return ok({ verb: 'Approved', amendment: null });
  if (name === 'reject') return ok({ verb: 'Denied', amendment: null });
  if (name === 'redact') return ok({ verb: 'Redacted', amendment: null });
  const file = resolve(start, String(options['amend']));
  try {
    const bytes = readFileSync(file);
    const amendment = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return ok({ verb: 'Revised', amendment });
  } catch (error) {
    if (error instanceof TypeError) return fail('bad-request', `${file} is not UTF-8.`, 'Save it as UTF-8.');
    return systemFailure(error, file);
  }
}

/** The escalation that a path, an id or the beginning of one names. */
function escalationOf(call: Call, { ctx, path }: WriteScene, word: string): Result<Escalation> {
  const { agent } = call.options;
  const all = readEscalations(ctx.folder, ctx.nowMicros()).escalations;
  const of = typeof agent === 'string' ? all.filter((one) => one.agent === agent) : all;
  const byPath = of.find((one) => one.path === path);
  if (byPath !== undefined) return ok(byPath);
  const exact = of.filter(({ proposalId }) => proposalId === word);
  const fits = exact.length > 0 ? exact : of.filter(({ proposalId }) => proposalId.startsWith(word));
  // of several only those that can be answered are meant
  const open = fits.filter(({ closed }) => closed === null);
  const found = fits.length > 1 && open.length > 0 ? open : fits;
  if (found.length === 1) return ok(found[0]!);
  if (found.length === 0) {
    return fail(
      'not-found',
      `There is no proposal “${word}”.`,
      'See what waits with: vekscope agents escalations',
    );
  }
  const paths = found.slice(0, 5).map((one) => one.path);
  return fail(
    'ambiguous',
    `“${word}” fits ${found.length} proposals.`,
    `Name one by its file: ${paths.join(', ')}${found.length > paths.length ? ', …' : ''}`,
  );
}

/** The name of the person at the system, as far as a resolution can hold it. */
function userName(): string {
  try {
    return cleanName(userInfo().username);
  } catch {
    return '';
  }
}
