import { hash } from 'node:crypto';
import { hold, jsonOf } from '../../json/build.ts';
import { compareCodePoints } from '../../json/tree.ts';
import { canonicalAex } from './canonical.ts';
import { joinedHash } from './joined-hash.ts';

/** `agents.token_hash` of a bearer token (formats/aex.md §2). */
export const tokenHash = (token: string): string => hash('sha256', token);

/** The environment variable that holds the key of a provider. */
export function providerEnv(provider: string): string {
  const name = provider
    .toUpperCase()
    .replaceAll('-', '_')
    .replaceAll(/[^A-Z0-9_]/g, '');
  return `${name}_API_KEY`;
}

export type CapabilityParts = {
  readonly executionId: string;
  readonly agent: string;
  readonly tool: string;
  readonly allowedFs: readonly string[];
  readonly netPolicy: string;
  readonly ttlMs: number;
  readonly maxOutputBytes: number;
  readonly issuedMs: number;
};

/** The capability token of a tool run: padded URL-safe base64 of payload and signature (formats/aex.md §15). */
export function capToken(secret: string, parts: CapabilityParts): string {
  const payload = jsonOf({
    execution_id: parts.executionId,
    agent: parts.agent,
    tool_name: parts.tool,
    allowed_fs: parts.allowedFs.toSorted(compareCodePoints),
    net_policy: parts.netPolicy,
    ttl_ms: parts.ttlMs,
    max_output_bytes: parts.maxOutputBytes,
    issued_ms: parts.issuedMs,
  });
  const sig = joinedHash([secret, canonicalAex(payload)]);
  const text = canonicalAex(jsonOf({ payload: hold(payload), sig }));
  return Buffer.from(text).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}
