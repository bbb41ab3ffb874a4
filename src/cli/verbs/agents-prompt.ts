import type { AssembledPrompt } from '../../contract/prompt.ts';
import { assemblePrompt } from '../../core/agents/prompt.ts';
import type { Plain } from '../../core/json/build.ts';
import { fail } from '../../core/result.ts';
import { agentsCall } from '../agents-scene.ts';
import type { Call } from '../command.ts';
import { EXIT, printBytes, safe, safeLine, type Output } from '../output.ts';
import { number, tableLines } from '../table.ts';

/** Prints what an agent's system prompt is made of, or with --text the prompt. Exit code 1 where the agent would not load. */
export async function runAgentsPrompt(call: Call, dir: string | undefined): Promise<number> {
  const asked = await agentsCall(call, dir);
  if (!asked.ok) return call.out.failure(asked.error);
  const { folder, agent, today, root } = asked.value;
  if (agent === null) {
    const names = root.agents.map(({ name }) => name).join(', ');
    return call.out.failure(
      fail('bad-request', 'A prompt is of one agent.', `Name it with --agent; there are: ${names}`).error,
    );
  }
  const prompt = assemblePrompt(folder, agent, today);
  const exit = prompt.blocking.length > 0 ? EXIT.problems : EXIT.fine;
  if (call.options['text'] === true && !call.out.json) {
    // Into a file or a pipe it is what the runtime sends, byte for byte.
    const raw = process.stdout.isTTY !== true;
    if (raw) await printBytes(Buffer.from(prompt.text));
    else call.out.answer(null, () => [safe(prompt.text)]);
    return exit;
  }
  call.out.answer(prompt as unknown as Plain, () => lines(call.out, prompt));
  return exit;
}

function lines(out: Output, prompt: AssembledPrompt): string[] {
  const { pieces, left, blocking, tokens, limitTokens, limitFrom, characters } = prompt;
  const over = tokens > limitTokens;
  const sum = `${number(characters)} characters, about ${number(tokens)} tokens (a quarter of the characters) of ${number(limitTokens)} (${safeLine(limitFrom)})`;
  return [
    ...blocking.map((why) => out.paint(`The agent does not load: ${safeLine(why)}`, 'red')),
    ...tableLines(
      [
        { head: 'piece' },
        { head: 'bytes', right: true },
        { head: 'tokens', right: true },
        { head: 'share', right: true },
        { head: 'file' },
      ],
      pieces.map(({ title, bytes, tokens: of, share, path }) => [
        title,
        number(bytes),
        number(of),
        `${(share * 100).toFixed(1)} %`,
        path ?? '',
      ]),
    ),
    '',
    over ? out.paint(`${sum}: over the limit`, 'red') : sum,
    ...(left.length === 0 ? [] : ['', 'Not sent:']),
    ...left.map(
      ({ title, path, why, missed }) =>
        `  ${missed ? 'just missed  ' : ''}${safeLine(title)} (${safeLine(path)}): ${safeLine(why)}`,
    ),
  ];
}
