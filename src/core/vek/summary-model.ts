import { field, itemsOf, textOf } from '../json/build.ts';
import type { JsonNode } from '../json/tree.ts';
import { counted, firstField, firstNumber, firstText, joined, oneLine, quoted } from './summary-text.ts';

/** Model and first words of the last user message; OpenAI, Anthropic, Gemini and litellm shapes. */
export function modelInput(args: JsonNode): string | null {
  const model = firstText(args, ['model', 'model_name', 'engine', 'deployment']);
  const asked =
    lastUserText(args) ??
    firstText(args, ['prompt', 'input', 'query', 'question', 'text', 'message', 'content']);
  const system = asked === null ? firstText(args, ['system', 'instructions']) : null;
  if (model === null && asked === null && system === null) return null;
  return joined([model !== null && oneLine(model, 45), oneLine(asked ?? system ?? '', 110)]);
}

function lastUserText(args: JsonNode): string | null {
  const turns = firstField(args, ['messages', 'contents', 'input']);
  if (turns?.kind !== 'array') return null;
  const spoken = turns.items.filter((turn) => contentText(turn) !== null);
  const last = spoken.findLast((turn) => textOf(field(turn, 'role')) === 'user') ?? spoken.at(-1);
  if (last === undefined) {
    const lastItem = turns.items.at(-1);
    return lastItem === undefined ? null : textOf(lastItem);
  }
  return contentText(last);
}

/** The text of a message: `content` as a text or as blocks, or Gemini's `parts`. */
function contentText(turn: JsonNode | null | undefined): string | null {
  const content = firstField(turn, ['content', 'parts', 'text']);
  const whole = textOf(content);
  if (whole !== null) return whole.trim() === '' ? null : whole;
  const texts = itemsOf(content).flatMap(
    (block) => textOf(block) ?? firstText(block, ['text', 'output_text', 'content']) ?? [],
  );
  return texts.length === 0 ? null : texts.join(' ');
}

/** First words of the answer, tools it calls, and tokens used; null where the output is no answer of a model. */
export function modelOutput(output: JsonNode): string | null {
  if (output.kind !== 'object') return null;
  const answer = answerOf(output);
  const calls = toolCalls(output);
  const tokens = tokensOf(output);
  const words = joined([
    answer !== null && quoted(answer, calls.length > 0 ? 60 : 110),
    calls.length > 0 && `calls ${oneLine(calls.join(', '), 50)}`,
    tokens !== null && counted(tokens, 'tokens'),
  ]);
  return words === '' ? null : words;
}

function messageOf(output: JsonNode): JsonNode | null {
  const choice = itemsOf(field(output, 'choices'))[0] ?? itemsOf(field(output, 'candidates'))[0];
  return (
    firstField(choice, ['message', 'delta', 'content']) ?? firstField(output, ['message']) ?? choice ?? null
  );
}

function answerOf(output: JsonNode): string | null {
  const first = messageOf(output);
  const direct = textOf(first) ?? contentText(first) ?? contentText(output);
  if (direct !== null) return direct;
  const items = itemsOf(field(output, 'output')).flatMap((item) => contentText(item) ?? []);
  if (items.length > 0) return items.join(' ');
  return firstText(output, [
    'output_text',
    'completion',
    'response',
    'output',
    'answer',
    'result',
    'generated_text',
  ]);
}

function toolCalls(output: JsonNode): readonly string[] {
  const asked = itemsOf(field(messageOf(output), 'tool_calls')).map((call) =>
    firstText(field(call, 'function') ?? call, ['name']),
  );
  const used = [...itemsOf(field(output, 'content')), ...itemsOf(field(output, 'output'))]
    .filter((block) => /^(?:tool_use|function_call)$/.test(textOf(field(block, 'type')) ?? ''))
    .map((block) => firstText(block, ['name']));
  return [...asked, ...used].filter((name) => name !== null);
}

function tokensOf(output: JsonNode): number | null {
  const usage = firstField(output, ['usage', 'usage_metadata', 'usageMetadata', 'token_usage']);
  const total = firstNumber(usage ?? output, ['total_tokens', 'totalTokenCount', 'tokens', 'total']);
  if (total !== null) return total;
  const into = firstNumber(usage ?? output, ['prompt_tokens', 'input_tokens', 'promptTokenCount']);
  const out = firstNumber(usage ?? output, ['completion_tokens', 'output_tokens', 'candidatesTokenCount']);
  return into === null && out === null ? null : (into ?? 0) + (out ?? 0);
}

/** Whether an output is plainly an answer of a model, whatever the tool is called. */
export function isModelOutput(output: JsonNode): boolean {
  const choice = itemsOf(field(output, 'choices'))[0];
  if (choice !== undefined && firstField(choice, ['message', 'delta', 'finish_reason']) !== null) return true;
  return textOf(field(output, 'role')) === 'assistant' && field(output, 'usage') !== undefined;
}
