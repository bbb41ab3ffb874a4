import { NONE } from '../columns.ts';
import type { LedgerLook } from '../store.ts';
import { PLAIN_POLICY_HASH, routeHashOf, toolPolicyHash, toolRouteHash } from '../rules/identity.ts';
import { KIND, nameOf, SEEN, seqAt, type Facts } from './facts.ts';
import { isTool, type CallContext, type CallRow, type RouteBook, type RouteSeen } from './call.ts';
import { witness } from './board.ts';
import { namesOfAgent } from './renamed.ts';
import { tellOtherModels, tellSharedRoutes, type SeenRoute } from './shared-routes.ts';
import type { Owner } from './votes.ts';
import { shortId, shown } from './words.ts';

/** Where calls go, as the model config beside the ledger says it. */
export type RouteModel = {
  readonly provider: string;
  readonly providerModel: string;
  readonly baseUrl: string | null;
};
export type Routes = ReadonlyMap<string, RouteModel>;

/** Whether a text has the form of a SHA-256 in hex. */
export function isHex64(text: string): boolean {
  if (text.length !== 64) return false;
  for (let i = 0; i < 64; i++) {
    const c = text.charCodeAt(i);
    if (c < 0x30 || c > 0x66 || (c > 0x39 && c < 0x61)) return false;
  }
  return true;
}

export const TOOL_ENDPOINT = '/v1/tools/execute';
export const MODEL_ENDPOINTS: ReadonlySet<string> = new Set(
  ['/v1', '/openai/v1'].flatMap((root) =>
    ['chat/completions', 'responses', 'embeddings'].map((name) => `${root}/${name}`),
  ),
);

/** Recomputes the hashes of an execution that can be: those of tools, and the form of the others (formats/aex.md §5). */
export function checkIdentity(context: CallContext, row: CallRow, n: number, owner: Owner): void {
  const { court, facts, calls, counts, routes } = context;
  const end = calls.end[n]!;
  // what was put in from other records is a guess of its model
  const settled = end !== NONE && facts.kind[end] === KIND.commit && (facts.flags[end]! & SEEN.rebuilt) === 0;
  const model = settled ? nameOf(facts, facts.model[facts.side[end]!]!) : null;
  const requestHash = typeof row.requestHash === 'string' ? row.requestHash : '';
  if (requestHash !== row.id && !isHex64(requestHash)) {
    court.accuse(owner, 'request hash', 'a SHA-256 in hex', shown(String(row.requestHash)), null);
  }
  if (isTool(row)) {
    if (model === null || !model.startsWith('tool:') || row.agent === null) return;
    const tool = model.slice(5);
    const policies = namesOfAgent(context.renamed, facts, row.agent).map((name) =>
      toolPolicyHash(name, tool),
    );
    const policy = policies[0]!;
    const route = toolRouteHash(tool);
    counts.policies += 1;
    const why = witness('hash', `tool ${shown(tool)}`, 'its hash can be computed', true);
    const identity: Owner = { ...owner, kind: 'identity-differs' };
    if (!policies.includes(String(row.policyHash)))
      court.accuse(identity, 'policy hash', policy, String(row.policyHash), why, 'proved');
    if (row.routeHash !== route)
      court.accuse(identity, 'route hash', route, String(row.routeHash), why, 'proved');
    return;
  }
  if (typeof row.endpoint !== 'string' || !MODEL_ENDPOINTS.has(row.endpoint)) {
    court.accuse(owner, 'endpoint', 'one of AEX', shown(String(row.endpoint)), null);
    return;
  }
  if (row.policyHash === PLAIN_POLICY_HASH) counts.policies += 1;
  if (settled && typeof row.routeHash === 'string' && model !== null) {
    counts.routes += 1;
    routes.note(row.endpoint, facts.model[facts.side[end]!]!, row.routeHash, row.id, end);
  }
}

const KEPT = 64;

/** Collects route hashes by endpoint and model: one that stands alone among equal ones was hardly written by AEX. */
export function routeBook(look: LedgerLook, facts: Facts, known: Routes | null): RouteBook {
  const seen = new Map<string, Map<string, RouteSeen>>();
  return {
    note: (endpoint, model, hash, id, at) => {
      const key = `${model} ${endpoint}`;
      let hashes = seen.get(key);
      if (hashes === undefined) {
        hashes = new Map();
        seen.set(key, hashes);
      }
      const one = hashes.get(hash);
      if (one !== undefined) {
        one.count += 1;
        return one;
      }
      if (hashes.size >= KEPT) return null;
      const made = { count: 1, id, at };
      hashes.set(hash, made);
      return made;
    },
    close: (prices, board) => {
      const routes = [...seen].map(([key, hashes]) => seenRoute(facts, known, key, hashes));
      const shared = tellSharedRoutes(look, facts, routes, board);
      tellOtherModels(facts, prices, routes, listedRoutes(known), shared, board);
      for (const route of routes) {
        const { endpoint, model, hashes, computed } = route;
        if (hashes.size < 2) continue;
        const usual = [...hashes].sort(([, a], [, b]) => b.count - a.count)[0]!;
        for (const [hash, { count, id, at }] of hashes) {
          if (hash === usual[0] || hash === computed || count > 1 || usual[1].count < 4) continue;
          if (shared.get(route)?.has(hash) === true) continue;
          const seq = seqAt(facts, at);
          board.add(`execution:${id}`, {
            kind: 'identity-differs',
            severity: 'notice',
            seq,
            executionId: id,
            agent: nameOf(facts, facts.agent[at]!),
            message: `The route hash of execution ${shortId(id)} is another one than that of the ${usual[1].count} other calls of ${shown(model)} to ${shown(endpoint)}. Its route was changed for one call, or the hash was.`,
            expected: usual[0],
            found: hash,
            sure: 'possible',
          });
        }
      }
    },
  };
}

/** The model of each route hash that the config beside the ledger makes. */
function listedRoutes(known: Routes | null): ReadonlyMap<string, string> {
  const models = new Map<string, string>();
  for (const [model, listed] of known ?? []) {
    for (const endpoint of MODEL_ENDPOINTS) {
      const hash = computedRoute(endpoint, model, listed);
      if (hash !== null) models.set(hash, model);
    }
  }
  return models;
}

function computedRoute(endpoint: string, model: string, listed: RouteModel): string | null {
  const { baseUrl, provider, providerModel } = listed;
  return baseUrl === null
    ? null
    : routeHashOf({ endpoint, provider, providerModel, requestedModel: model, baseUrl });
}

function seenRoute(
  facts: Facts,
  known: Routes | null,
  key: string,
  hashes: ReadonlyMap<string, RouteSeen>,
): SeenRoute {
  const space = key.indexOf(' ');
  const model = nameOf(facts, Number(key.slice(0, space)));
  const endpoint = key.slice(space + 1);
  const listed = model === null ? undefined : known?.get(model);
  const computed = listed === undefined || model === null ? null : computedRoute(endpoint, model, listed);
  return { endpoint, model, hashes, computed };
}
