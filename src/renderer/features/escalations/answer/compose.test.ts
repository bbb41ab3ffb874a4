import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { argsText, composed } from './compose.ts';

const of = (args: string | null, fields = {}) => composed({ args, fields });

it('shows the arguments as they were proposed, and reads them back as the same', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const json = JSON.stringify(value);
      const { problem, argumentsText } = of(argsText(json));
      if (problem !== null) expect(problem.message).toContain('two halves');
      else expect(JSON.parse(argumentsText!)).toEqual(JSON.parse(json));
    }),
  );
});

it('takes YAML and JSON, and says in words what the runtime would not take', () => {
  expect(of('to: desk\nn: 2\n').argumentsText).toBe('{\n  "to": "desk",\n  "n": 2\n}');
  expect(of('{"to": "desk", "n": 2}').argumentsText).toContain('"n": 2');
  expect(of('').argumentsText).toBe('{}');
  expect(of('# nothing').problem?.message).toContain('hold nothing');
  expect(of('to: desk\nday: 2026-01-01\n').problem?.message).toContain('is a date');
  expect(of('to: desk\n  x: : 1\n').problem?.message).toMatch(/^Line [12]: /);
  expect(of(null).problem?.message).toContain('Nothing is changed yet');
});

it('leaves the arguments out that were not changed, and adds what was', () => {
  const { text, problem } = of(null, { judge_note: 'softer: it', reversibility: 'reversible' });
  expect(problem).toBeNull();
  expect(text).toBe('judge_note: "softer: it"\nreversibility: reversible\n');
  expect(of(null, { tool_name: '7' }).tool).toBe('7');
  expect(of(null, { evidence: 'notes' }).problem?.message).not.toBeUndefined();
  expect(of(null, { evidence: 'notes', claim: 'so' }).text).toContain('provenance: confirmed');
});
