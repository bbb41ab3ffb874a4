import { hold, jsonOf } from '../../json/build.ts';
import { jsonNull, type JsonNode } from '../../json/tree.ts';
import { pythonStrip } from '../../vek/python-text.ts';
import { canonicalAex } from './canonical.ts';
import { joinedHash } from './joined-hash.ts';

/** A request as it came in. `endpoint`: the literal path. Headers as received, null: absent. */
export type RequestParts = {
  readonly agent: string;
  readonly endpoint: string;
  readonly body: JsonNode;
  readonly stepId: string | null;
};

/** `request_hash` of a request to a model (formats/aex.md §5). */
export function requestHashOf({ agent, endpoint, body, stepId }: RequestParts): string {
  return joinedHash([agent, endpoint, pythonStrip(stepId ?? ''), canonicalAex(body)]);
}

/** `execution_id` of a request to a model: of its key where it has one, else its request hash (formats/aex.md §5). */
export function executionIdOf(request: RequestParts, idempotencyKey: string | null): string {
  if (idempotencyKey === null || idempotencyKey === '') return requestHashOf(request);
  return keyedExecutionId(request.agent, request.endpoint, idempotencyKey);
}

/** The id that a request with this key has, whatever its body says. */
export function keyedExecutionId(agent: string, endpoint: string, idempotencyKey: string): string {
  return joinedHash([agent, endpoint, pythonStrip(idempotencyKey)]);
}

export type ToolCallParts = {
  readonly agent: string;
  readonly tool: string;
  readonly arguments: JsonNode;
  /** `execution_id` of the body */
  readonly givenId: string | null;
  readonly idempotencyKey: string | null;
};

/** Execution id and request hash of a tool run (formats/aex.md §5). The key is not trimmed here. */
export function toolIds(call: ToolCallParts): { readonly executionId: string; readonly requestHash: string } {
  const { agent, tool, givenId, idempotencyKey } = call;
  const content = canonicalAex(call.arguments);
  const requestHash = joinedHash([agent, 'tool.execute.request', tool, content]);
  if (givenId !== null && givenId !== '') return { executionId: givenId, requestHash };
  const keyed = idempotencyKey !== null && idempotencyKey !== '';
  const last = keyed ? idempotencyKey : call.arguments.kind === 'null' ? '{}' : content;
  return { executionId: joinedHash([agent, 'tool.execute', tool, last]), requestHash };
}

/** `policy_hash` of a tool run. */
export const toolPolicyHash = (agent: string, tool: string): string =>
  joinedHash(['tool.exec.policy', agent, tool]);

/** `route_hash` of a tool run. */
export const toolRouteHash = (tool: string): string => joinedHash(['tool.exec.route', tool]);

export type RouteParts = {
  readonly endpoint: string;
  readonly provider: string;
  readonly providerModel: string;
  readonly requestedModel: string;
  readonly baseUrl: string;
};

/** `route_hash` of a request to a model (formats/aex.md §5). */
export function routeHashOf(route: RouteParts): string {
  const content = jsonOf({
    endpoint: route.endpoint,
    provider: route.provider,
    provider_model: route.providerModel,
    requested_model: route.requestedModel,
    base_url: route.baseUrl,
  });
  return joinedHash([canonicalAex(content)]);
}

/** What the policy decided. `trace`: a list of `{stage, decision, reason}`. */
export type PolicyParts = {
  readonly allow: boolean;
  readonly reason: string | null;
  readonly trace: JsonNode;
  readonly patch: JsonNode;
};

/** `policy_hash` of a request to a model (formats/aex.md §5). */
export function policyHashOf({ allow, reason, trace, patch }: PolicyParts): string {
  return joinedHash([canonicalAex(jsonOf({ allow, reason, trace: hold(trace), patch: hold(patch) }))]);
}

/** The policy hash of every request that was allowed without plugins. */
export const PLAIN_POLICY_HASH = policyHashOf({
  allow: true,
  reason: null,
  trace: jsonOf([{ stage: 'kernel', decision: 'allow', reason: hold(jsonNull) }]),
  patch: jsonOf({}),
});
