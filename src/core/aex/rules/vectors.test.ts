import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { field, itemsOf, textOf } from '../../json/build.ts';
import { parseJson } from '../../json/parse.ts';
import type { JsonNode } from '../../json/tree.ts';
import { readTimestamp } from '../../records/time.ts';
import { entryHash } from '../chain/entry-hash.ts';
import { burnWindows } from './burn-windows.ts';
import { canonicalAex, parseAexBody } from './canonical.ts';
import { estimateOf, toolCost } from './estimates.ts';
import {
  executionIdOf,
  PLAIN_POLICY_HASH,
  policyHashOf,
  requestHashOf,
  routeHashOf,
  toolIds,
  toolPolicyHash,
  toolRouteHash,
} from './identity.ts';
import { joinedHash } from './joined-hash.ts';
import { capToken, providerEnv, tokenHash } from './keys.ts';
import { codePoints } from './python-value.ts';

const raw = readFileSync(new URL('../../../../test/goldens/aex/vectors.json', import.meta.url), 'utf8');
const vectors = read(raw);

function read(text: string): JsonNode {
  const parsed = parseJson(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.node;
}

const list = (key: string): readonly JsonNode[] => {
  const items = itemsOf(field(vectors, key));
  if (items.length === 0) throw new Error(`No vectors of ${key}.`);
  return items;
};
const text = (node: JsonNode | undefined, key: string): string => {
  const value = textOf(field(node, key));
  if (value === null) throw new Error(`No text ${key}.`);
  return value;
};
const orNull = (node: JsonNode, key: string): string | null => textOf(field(node, key));
const number = (node: JsonNode | undefined, key: string): number => {
  const value = field(node, key);
  if (value?.kind !== 'int') throw new Error(`No integer ${key}.`);
  return Number(value.text);
};
const part = (node: JsonNode | undefined, key: string): JsonNode => {
  const value = field(node, key);
  if (value === undefined) throw new Error(`No ${key}.`);
  return value;
};

describe('canonical JSON', () => {
  it.each(list('canonical_json').map((node) => [text(node, 'canonical'), node] as const))(
    '%s',
    (form, node) => {
      expect(canonicalAex(read(form))).toBe(form);
      expect(joinedHash([form])).toBe(text(node, 'sha256_of_text_plus_newline'));
    },
  );

  it.each(list('raw_body_to_canonical').map((node) => [text(node, 'raw'), node] as const))(
    '%s',
    (body, node) => {
      const parsed = parseAexBody(body);
      if (parsed === null) throw new Error('The body was refused.');
      expect(canonicalAex(parsed)).toBe(text(node, 'canonical'));
      const request = { agent: 'alice', endpoint: '/v1/chat/completions', body: parsed, stepId: null };
      expect(requestHashOf(request)).toBe(text(node, 'request_hash_for_alice_chat'));
      expect(parseAexBody(Buffer.from(`\ufeff${body}`))).toEqual(parsed);
    },
  );

  it('reads as Python does what JSON does not allow', () => {
    expect(canonicalAex(read('"\\ud83d\\ude00\\ud83d\u007f\\u2028"'))).toBe(
      String.raw`"\ud83d\ude00\ud83d\u007f\u2028"`,
    );
    expect(parseAexBody('\ufeff{}')).toBeNull();
    expect(parseAexBody('{"a":1,}')).toBeNull();
    expect(parseAexBody(new Uint8Array([0x22, 0xff, 0x22]))).toBeNull();
    expect(parseAexBody(`[${'9'.repeat(4_301)}]`)).toBeNull();
    expect(parseAexBody(`[-${'9'.repeat(4_300)}]`)).not.toBeNull();
  });
});

describe('hashes', () => {
  it('joins parts', () => {
    for (const vector of list('joined_hash')) {
      const parts = itemsOf(field(vector, 'parts')).map((node) => textOf(node) ?? '');
      expect(joinedHash(parts)).toBe(text(vector, 'hash'));
    }
  });

  it('chains entries', () => {
    for (const event of list('events')) {
      const entry = {
        type: text(event, 'event_type'),
        executionId: orNull(event, 'execution_id'),
        payload: text(event, 'payload_json'),
      };
      expect(entryHash(text(event, 'prev_hash'), entry)).toBe(text(event, 'event_hash'));
    }
  });

  it('names executions and requests', () => {
    for (const vector of list('execution_id')) {
      const request = {
        agent: text(vector, 'agent'),
        endpoint: text(vector, 'endpoint'),
        body: read(text(vector, 'body_text')),
        stepId: orNull(vector, 'step_id'),
      };
      expect(executionIdOf(request, orNull(vector, 'idempotency_key'))).toBe(text(vector, 'execution_id'));
      expect(requestHashOf(request)).toBe(text(vector, 'request_hash'));
    }
  });

  it('names runs of tools', () => {
    for (const vector of list('tool')) {
      const call = {
        agent: text(vector, 'agent'),
        tool: text(vector, 'tool'),
        arguments: read(text(vector, 'arguments_json')),
        givenId: orNull(vector, 'execution_id_field'),
        idempotencyKey: orNull(vector, 'idempotency_key'),
      };
      expect(toolIds(call)).toEqual({
        executionId: text(vector, 'execution_id'),
        requestHash: text(vector, 'request_hash'),
      });
    }
    const policy = part(vectors, 'tool_policy_hash');
    const tool = text(policy, 'tool');
    expect(toolPolicyHash(text(policy, 'agent'), tool)).toBe(text(policy, 'policy_hash'));
    expect(toolRouteHash(tool)).toBe(text(policy, 'route_hash'));
  });

  it('names routes and policies', () => {
    for (const vector of list('route')) {
      const route = {
        endpoint: text(vector, 'endpoint'),
        provider: text(vector, 'provider'),
        providerModel: text(vector, 'provider_model'),
        requestedModel: text(vector, 'model'),
        baseUrl: text(vector, 'base_url'),
      };
      expect(routeHashOf(route)).toBe(text(vector, 'route_hash'));
    }
    expect(PLAIN_POLICY_HASH).toBe(text(vectors, 'policy_hash_allow_no_plugins'));
    for (const vector of list('policy_hash_examples')) {
      const allow = field(vector, 'allow');
      const decision = {
        allow: allow?.kind === 'bool' && allow.value,
        reason: orNull(vector, 'reason'),
        trace: part(vector, 'trace'),
        patch: part(vector, 'patch'),
      };
      expect(policyHashOf(decision)).toBe(text(vector, 'hash'));
    }
  });

  it('names tokens, keys and capabilities', () => {
    for (const vector of list('token_hash'))
      expect(tokenHash(text(vector, 'token'))).toBe(text(vector, 'sha256'));
    for (const vector of list('provider_env')) {
      expect(providerEnv(text(vector, 'provider'))).toBe(text(vector, 'env'));
    }
    const cap = part(vectors, 'cap_token');
    const wrapped = read(Buffer.from(text(cap, 'token'), 'base64url').toString('utf8'));
    const payload = part(wrapped, 'payload');
    const token = capToken(text(cap, 'secret'), {
      executionId: text(payload, 'execution_id'),
      agent: text(payload, 'agent'),
      tool: text(payload, 'tool_name'),
      allowedFs: itemsOf(field(payload, 'allowed_fs'))
        .map((node) => textOf(node) ?? '')
        .toReversed(),
      netPolicy: text(payload, 'net_policy'),
      ttlMs: number(payload, 'ttl_ms'),
      maxOutputBytes: number(payload, 'max_output_bytes'),
      issuedMs: number(payload, 'issued_ms'),
    });
    expect(token).toBe(text(cap, 'token'));
    expect(hash('sha256', token)).toHaveLength(64);
  });
});

describe('money', () => {
  const mini = { inputMicro: 2, outputMicro: 8, maxTokens: 256 };

  it('estimates chats', () => {
    for (const vector of list('estimate_chat_mini_2_8_256')) {
      const estimate = estimateOf('/v1/chat/completions', part(vector, 'body'), mini);
      expect(estimate?.text).toBe(text(vector, 'text_measured'));
      expect(codePoints(estimate?.text ?? '')).toBe(number(vector, 'code_points'));
      expect(estimate?.micro).toBe(number(vector, 'estimate_micro'));
    }
  });

  it('estimates embeddings and responses', () => {
    const price = { inputMicro: 1, outputMicro: 0, maxTokens: 256 };
    for (const vector of list('estimate_embeddings_1_0')) {
      const estimate = estimateOf('/openai/v1/embeddings', part(vector, 'body'), price);
      expect(estimate?.micro).toBe(number(vector, 'estimate_micro'));
    }
    for (const vector of list('estimate_responses_mini')) {
      const estimate = estimateOf('/v1/responses', part(vector, 'body'), mini);
      expect(estimate?.micro).toBe(number(vector, 'estimate_micro'));
    }
  });

  it('has no estimate where the original fails', () => {
    const chat = '/v1/chat/completions';
    expect(estimateOf(chat, read('{"messages":[],"max_tokens":"many"}'), mini)).toBeNull();
    expect(estimateOf(chat, read('{"messages":[],"max_tokens":[1]}'), mini)).toBeNull();
    expect(estimateOf(chat, read('[]'), mini)).toBeNull();
    expect(estimateOf('/v1/tools/execute', read('{}'), mini)).toBeNull();
  });

  it('prices tools', () => {
    for (const vector of list('tool_cost')) {
      expect(toolCost(part(vector, 'manifest'))).toBe(number(vector, 'cost'));
    }
  });

  it('measures burning', () => {
    const burn = part(vectors, 'burn_windows');
    const events = itemsOf(field(burn, 'events')).map((event) => ({
      micros: readTimestamp(text(event, 'timestamp'))?.micros ?? null,
      costMicro: number(event, 'cost_micro'),
    }));
    const now = readTimestamp(text(burn, 'now'))?.micros ?? Number.NaN;
    const result = part(burn, 'result');
    expect(burnWindows(events, now)).toEqual({
      '1m': number(result, '1m'),
      '15m': number(result, '15m'),
      '1h': number(result, '1h'),
    });
  });
});
