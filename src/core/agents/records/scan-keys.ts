import type { Named, Sparse } from './columns.ts';
import { FLAG } from './table.ts';

type Key = { readonly name: string } & (
  | { readonly kind: 'ts' }
  | {
      readonly kind: 'text';
      readonly to: Named | Sparse | 'run';
      readonly pool: 'runs' | 'texts' | 'lowered' | 'named';
    }
  | {
      readonly kind: 'number';
      readonly to: 'inputTokens' | 'outputTokens' | 'hitTokens' | 'missTokens' | 'latencyMs' | 'costNanos';
    }
  | { readonly kind: 'flag'; readonly yes: number; readonly no: number }
);

const flag = (name: string, yes: number, no = 0): Key => ({ name, kind: 'flag', yes, no });

/** The keys of a record that columns are made of; fewer than 32, so that those seen fit into one number. */
export const KEYS: readonly Key[] = [
  { name: 'ts', kind: 'ts' },
  { name: 'run_id', kind: 'text', to: 'run', pool: 'runs' },
  { name: 'parent_run_id', kind: 'text', to: 'parent', pool: 'runs' },
  { name: 'delegate_run_id', kind: 'text', to: 'delegate', pool: 'runs' },
  { name: 'delegated_agent', kind: 'text', to: 'target', pool: 'texts' },
  { name: 'mandate_id', kind: 'text', to: 'mandate', pool: 'texts' },
  { name: 'conversation_id', kind: 'text', to: 'conversation', pool: 'texts' },
  { name: 'workflow_id', kind: 'text', to: 'workflow', pool: 'texts' },
  { name: 'summary', kind: 'text', to: 'summary', pool: 'lowered' },
  { name: 'error', kind: 'text', to: 'error', pool: 'lowered' },
  { name: 'model', kind: 'text', to: 'model', pool: 'named' },
  { name: 'trigger', kind: 'text', to: 'trigger', pool: 'named' },
  { name: 'primitive', kind: 'text', to: 'primitive', pool: 'named' },
  { name: 'status', kind: 'text', to: 'status', pool: 'named' },
  { name: 'cost_source', kind: 'text', to: 'costSource', pool: 'named' },
  { name: 'tool_name', kind: 'text', to: 'tool', pool: 'named' },
  { name: 'input_tokens', kind: 'number', to: 'inputTokens' },
  { name: 'output_tokens', kind: 'number', to: 'outputTokens' },
  { name: 'cache_hit_tokens', kind: 'number', to: 'hitTokens' },
  { name: 'cache_miss_tokens', kind: 'number', to: 'missTokens' },
  { name: 'latency_ms', kind: 'number', to: 'latencyMs' },
  { name: 'cost_usd', kind: 'number', to: 'costNanos' },
  flag('fallback', FLAG.fallback),
  flag('critical', FLAG.critical),
  flag('cost_estimated_via_fallback', FLAG.estimated),
  flag('embed_batch_blocked', FLAG.embedBlocked),
  flag('cost_data_degraded', FLAG.degraded),
  flag('provenance_preserved', FLAG.provenancePreserved, FLAG.provenanceLost),
];

const SLOTS = 256;
const texts = KEYS.map(({ name }) => Buffer.from(name, 'latin1'));

const slotOf = (bytes: Uint8Array, from: number, to: number, a: number, b: number): number => {
  const length = to - from;
  return (length * a + bytes[from]! * b + bytes[from + (length >> 1)]! + bytes[to - 1]! * 7) & (SLOTS - 1);
};

/** Two factors for which no two keys share a slot. */
function factors(): readonly [number, number] {
  for (let a = 1; a < 256; a++)
    for (let b = 1; b < 256; b++)
      if (new Set(texts.map((text) => slotOf(text, 0, text.length, a, b))).size === texts.length)
        return [a, b];
  throw new Error('The keys of a record need another hash.');
}

const [A, B] = factors();
const slots = new Int8Array(SLOTS).fill(-1);
for (const [index, text] of texts.entries()) slots[slotOf(text, 0, text.length, A, B)] = index;

/** Which key stands in `[from, to)`; -1: none of these. */
export function keyAt(bytes: Uint8Array, from: number, to: number): number {
  if (from === to) return -1;
  const index = slots[slotOf(bytes, from, to, A, B)]!;
  if (index === -1) return -1;
  const text = texts[index]!;
  if (text.length !== to - from) return -1;
  for (let i = 0; i < text.length; i++) if (bytes[from + i] !== text[i]) return -1;
  return index;
}
