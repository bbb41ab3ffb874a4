import type { DocumentRule, ToolRule } from '../../contract/merge.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { safeLine } from '../output.ts';

const FORMS = 'call, tool, input, or JSON pointers into the input such as /path or /repo+/path';

/** The rule of a text: `call`, `tool`, `input` or JSON pointers joined by `+`; null where it is none. */
export function ruleFrom(text: string): DocumentRule | null {
  if (text === 'call' || text === 'tool' || text === 'input') return { by: text };
  const pointers = text.split(/\+(?=\/)/);
  if (pointers.length > 8 || new Set(pointers).size < pointers.length) return null;
  return pointers.every(isPointer) ? { by: 'fields', pointers } : null;
}

/** RFC 6901, save the empty one: the whole input is `input`. */
function isPointer(text: string): boolean {
  return text.length > 1 && text.length <= 1000 && text.startsWith('/') && !/~(?![01])/.test(text);
}

/** The text of a rule, as `ruleFrom` reads it. */
export function ruleText(rule: DocumentRule): string {
  return rule.by === 'fields' ? rule.pointers.join('+') : rule.by;
}

/** Reads every `TOOL=RULE`. A name of a tool may hold `=`: the first one that a rule follows ends it. */
export function parseRules(words: readonly string[]): Result<Map<string, DocumentRule>> {
  const rules = new Map<string, DocumentRule>();
  for (const word of words) {
    const found = parseRule(word);
    if (found === null) {
      return fail(
        'bad-request',
        `--documents takes TOOL=RULE, not “${word}”.`,
        `A rule is ${FORMS}. For example: --documents write_file=/path`,
      );
    }
    const [tool, rule] = found;
    if (rules.has(tool)) {
      return fail('bad-request', `--documents names “${tool}” twice.`, 'Give one rule for each tool.');
    }
    rules.set(tool, rule);
  }
  return ok(rules);
}

function parseRule(word: string): readonly [string, DocumentRule] | null {
  for (let at = word.indexOf('='); at >= 0; at = word.indexOf('=', at + 1)) {
    const rule = ruleFrom(word.slice(at + 1));
    if (rule !== null && at > 0) return [word.slice(0, at), rule];
  }
  return null;
}

/** What counts as one document of a tool, in words. */
export function ruleWords({ tool, rule, reason }: ToolRule): string {
  const name = `“${safeLine(tool)}”`;
  const why = { chosen: ', as was chosen', assumed: ', which is assumed' } as const;
  const because = reason === 'chosen' || reason === 'assumed' ? why[reason] : '';
  switch (rule.by) {
    case 'call':
      return `every call of ${name} stands by itself${because}`;
    case 'tool':
      return `all calls of ${name} are one document${because}`;
    case 'input':
      return `calls of ${name} with the same input are one document${because}`;
    case 'fields':
      return `calls of ${name} with the same ${rule.pointers.map(safeLine).join(' and ')} are one document${because}`;
  }
}

/** Refuses rules of tools that both branches do not have in common, by name: a slip of the pen would do nothing. */
export function unknownTool(chosen: Iterable<string>, rules: readonly ToolRule[]): Result<null> {
  const known = rules.map(({ tool }) => tool);
  for (const tool of chosen) {
    if (known.includes(tool)) continue;
    return fail(
      'bad-request',
      `“${tool}” is no tool that both branches called since they parted. Nothing was written.`,
      known.length === 0
        ? 'They have no tool in common.'
        : `They both called: ${known.slice(0, 20).join(', ')}`,
    );
  }
  return ok(null);
}
