import type { ExecutionDetail } from '../../../contract/ledger-detail.ts';
import type { Models } from '../config/models.ts';
import { joinedHash } from '../rules/joined-hash.ts';
import { PLAIN_POLICY_HASH, routeHashOf, toolPolicyHash } from '../rules/identity.ts';
import type { StoredCall } from './call.ts';

const HASH = /^[0-9a-f]{64}$/;

/** What the id of an execution was made of, as far as its hashes say it (formats/aex.md §5), in words. */
export function identityOf(call: StoredCall): string {
  const { id, row, isTool, tool, agent } = call;
  if (isTool) return toolIdentity(id, tool, agent);
  if (row === null) return 'Its row is gone, so what its id was made of can’t be told.';
  if (row.requestHash === id) {
    return 'Its id is the hash of the request itself: agent, path, step id and body. The same body is the same execution for ever.';
  }
  return HASH.test(id)
    ? 'Its id is not the hash of its request, so it was made of an Idempotency-Key. The body is not compared: whatever is sent with that key again gets this answer.'
    : 'AEX makes no such id for a call of a model: it was written by something else.';
}

function toolIdentity(id: string, tool: string | null, agent: string | null): string {
  if (!HASH.test(id)) {
    return 'The caller chose its id. Whoever sends the same id gets this result, also another agent.';
  }
  if (tool !== null && agent !== null && joinedHash([agent, 'tool.execute', tool, '{}']) === id) {
    return 'Its id is the hash of agent, tool and empty arguments: such a run is made once.';
  }
  return 'Its id is a hash of agent and tool with either the arguments or an Idempotency-Key; or the caller chose it. Without the arguments it can’t be told which.';
}

/** What its policy hash says (formats/aex.md §5 and §10), in words. */
export function policyOf({ row, agent, tool }: StoredCall): string {
  const hash = row?.policyHash ?? null;
  if (hash === null) return 'No policy hash is recorded.';
  if (hash === PLAIN_POLICY_HASH) return 'Allowed, and no policy plugin had a say.';
  if (agent !== null && tool !== null && hash === toolPolicyHash(agent, tool)) {
    return 'The fixed hash of runs of this tool by this agent. No policy is asked about tools.';
  }
  return 'Policy plugins took part: the hash is of their decisions, reasons and changes, which are not kept.';
}

/** The route whose hash the execution has, where the price list beside the ledger has such a one. */
export function routeOf({ row }: StoredCall, models: Models | null): ExecutionDetail['route'] {
  if (row === null || row.routeHash === null || row.endpoint === null || models === null) return null;
  for (const { name, provider, providerModel } of models.models.values()) {
    const baseUrl = models.providers.get(provider);
    if (baseUrl === undefined) continue;
    const parts = { provider, providerModel, requestedModel: name, baseUrl };
    if (routeHashOf({ endpoint: row.endpoint, ...parts }) === row.routeHash) {
      return { model: name, provider, providerModel, baseUrl: withoutUser(baseUrl) };
    }
  }
  return null;
}

/** Name and password that may stand in an address are nobody's business, nor is a query, which may hold a key. */
function withoutUser(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1').replace(/[?#].*$/s, '');
}

/** What a repeat of the same id gets (formats/aex.md §8), in words. */
export function repeatsOf({ id, row, isTool }: StoredCall): string {
  if (row === null) return 'Its row is gone, so the same request would be made anew.';
  switch (row.state) {
    case 'COMMITTED':
    case 'RELEASED':
    case 'DENIED':
    case 'FAILED':
      break;
    default:
      return isTool
        ? `It has not ended, so a repeat gets 409 at once: “Execution already in progress for idempotency key (${id})”.`
        : `It has not ended, so a repeat waits up to five seconds and then gets 409: “Execution already in progress for idempotency key (${id})”.`;
  }
  const status = row.statusCode ?? 0;
  const free = 'It costs nothing, no limit and no policy is asked, and nothing of it is recorded.';
  if (status < 400) {
    return `A repeat gets the response below at once, with HTTP ${row.statusCode ?? 200}. ${free}${isTool ? '' : ' It names the provider’s own model, and after a stream it is one JSON object and no stream.'}`;
  }
  const body = row.errorBytes === null ? '{"detail":"cached error"}' : 'the error below';
  return `A repeat gets ${body} at once, with HTTP ${status}, for ever: also when the cause is gone. ${free}`;
}
