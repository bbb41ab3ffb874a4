import Database from 'better-sqlite3';
import * as fc from 'fast-check';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { copyGolden } from '../../../test/support/goldens.ts';
import { jsonDocuments } from '../../../test/support/json-documents.ts';
import { jsonOf } from '../json/build.ts';
import { parseJsonBytes } from '../json/decode.ts';
import { parseJson } from '../json/parse.ts';
import type { JsonNode } from '../json/tree.ts';
import { costOf, summariseCall } from './summary.ts';

function node(text: string): JsonNode {
  const result = parseJson(text);
  if (!result.ok) throw new Error(result.error.message);
  return result.node;
}

function read(bytes: Uint8Array): JsonNode | null {
  const result = parseJsonBytes(bytes);
  return result.ok ? result.node : null;
}

function goldenLines(golden: string): Set<string> {
  const folder = copyGolden(golden);
  const db = new Database(join(folder, '.vek', 'vek.db'), { readonly: true });
  const rows = db
    .prepare<[], { tool: string; i: Uint8Array; o: Uint8Array }>(
      'SELECT tool, i.content AS i, o.content AS o FROM nodes JOIN objects i ON i.hash = input_hash JOIN objects o ON o.hash = output_hash',
    )
    .all();
  db.close();
  rmSync(folder, { recursive: true });
  return new Set(
    rows.map((row) => {
      const summary = summariseCall(row.tool, read(row.i), read(row.o));
      return `${summary.failed ? '! ' : ''}${row.tool}: ${summary.input} → ${summary.output}`;
    }),
  );
}

describe('every summary', () => {
  it('is one short safe line, whatever the values', () => {
    const tools = fc.constantFrom(
      'search',
      'fetch',
      'bash',
      'read_file',
      'write',
      'edit',
      'llm',
      'run_tests',
      'plan',
      'notify',
      '__merge__',
      'f',
    );
    const keys = fc.constantFrom(
      'query',
      'url',
      'command',
      'path',
      'content',
      'text',
      'error',
      'results',
      'messages',
      'model',
      'status',
      'exit',
      'choices',
      'steps',
      'args',
      'merge',
      'merged_tips',
      'ok',
      'passed',
      'result',
    );
    const record = fc
      .array(fc.tuple(keys, jsonDocuments), { maxLength: 5 })
      .map((pairs) => `{${pairs.map(([key, value]) => `"${key}":${value}`).join(',')}}`);
    const documents = fc.oneof(jsonDocuments, record);
    fc.assert(
      fc.property(tools, documents, documents, (tool, input, output) => {
        const summary = summariseCall(tool, node(input), node(output));
        for (const side of [summary.input, summary.output]) {
          expect(side.length).toBeLessThanOrEqual(160);
          expect(side).not.toMatch(/\p{Cc}|\p{Zl}|\p{Zp}|[\u202a-\u202e\u2066-\u2069\u200e\u200f\ufeff]/u);
          expect(side.isWellFormed()).toBe(true);
        }
        costOf(node(input), node(output));
      }),
      { numRuns: 2_000 },
    );
  });

  it('ends on hostile documents without overflowing the stack', () => {
    const wrap = (key: string): JsonNode => node(`${`{"${key}":`.repeat(1999)}1${'}'.repeat(1999)}`);
    const lists = node(`${'['.repeat(1999)}${']'.repeat(1999)}`);
    const long: JsonNode = { kind: 'string', value: 'a b\n'.repeat(250_000) };
    const blank: JsonNode = { kind: 'string', value: ' '.repeat(1_000_000) };
    for (const tool of [
      'f',
      'search',
      'read_file',
      'bash',
      'llm',
      'plan',
      'run_tests',
      'edit',
      'fetch',
      'notify',
    ]) {
      for (const value of [
        wrap('result'),
        wrap('kwargs'),
        wrap('error'),
        wrap('content'),
        lists,
        long,
        blank,
      ]) {
        const asText: JsonNode = { kind: 'object', entries: [{ key: 'text', value }] };
        expect(summariseCall(tool, value, value).output.length).toBeLessThanOrEqual(160);
        expect(summariseCall(tool, asText, asText).output.length).toBeLessThanOrEqual(160);
      }
    }
  });

  it('leaves a missing side empty, and says “at least” of a cut one', () => {
    expect(summariseCall('search', null, null)).toEqual({
      kind: 'search',
      input: '',
      output: '',
      failed: false,
    });
    const cut = jsonOf({ results: [{ title: 'a' }, { title: 'b' }] });
    expect(summariseCall('search', null, cut, { outputCut: true }).output).toBe('2+ results · a');
    expect(summariseCall('read_file', null, jsonOf('a\nb'), { outputCut: true }).output).toBe(
      '2+ lines, 3+ B · a b',
    );
  });

  it('ends long texts with an ellipsis, not inside a character', () => {
    const { input } = summariseCall('f', jsonOf({ query: '😀'.repeat(300) }), null);
    expect(input.endsWith('😀…') && input.isWellFormed()).toBe(true);
  });
});

describe('the golden repositories', () => {
  it.each([
    ['linear', 'search: sodium-ion grid storage cost 2024 → 2 results · Sodium-ion: a review'],
    ['linear', '! fetch: example.org/grid-costs → 503 · upstream timed out'],
    ['linear', 'llm: small-1 · Rate the draft 1-10 🔋 → “7” · 813 tokens'],
    ['linear', 'notify: #storage · report.md is ready → null'],
    ['linear', 'critique: summary_of 12 → 2 issues · cycle life claim lacks a baseline'],
    ['forked', '! run_tests: test_net → 11 passed, 1 failed, 4.25 s'],
    ['forked', 'grep: test_timeout in tests/ → 1 hit · tests/test_net.py:42'],
    ['forked', 'plan: fix flaky test · repo acme/widgets → 5 steps'],
    ['forked', '__merge__: try-mock into main → b9f1c245 + 5b9d4e95'],
    ['conflict', 'rewrite_doc: trip · rev 2, style brief → “Trip: Lyon-Turin-Milan”'],
    ['conflict', 'init_doc: trip → empty'],
  ])('%s: %s', (golden, line) => {
    expect([...goldenLines(golden)]).toContain(line);
  });
});
