import type { PolicyUse, ToolPlugin } from '../../contract/ledger-accounts.ts';
import { cutTexts } from '../../core/aex/cut-texts.ts';
import { columnText } from '../../core/aex/entry.ts';
import type { toolRuns } from '../../core/aex/figures/denials.ts';
import { ledgerQuery, ledgerTerm } from '../../core/aex/query/query.ts';
import { toolCost } from '../../core/aex/rules/estimates.ts';
import { PLAIN_POLICY_HASH, toolPolicyHash } from '../../core/aex/rules/identity.ts';
import type { LedgerLook } from '../../core/aex/store.ts';
import { parseJson } from '../../core/json/parse.ts';
import { jsonNull } from '../../core/json/tree.ts';
import { limits } from '../../core/storage/limits.ts';

const COLUMNS = [
  'name',
  'version',
  'entrypoint',
  'package_path',
  'sha256',
  'manifest_json',
  'enabled',
  'created_at',
] as const;

/** The installed tools with their cost and runs. */
export function pluginsOf(look: LedgerLook, runs: ReturnType<typeof toolRuns>): readonly ToolPlugin[] {
  return look.db
    .prepare<[], readonly unknown[]>(
      `${cutTexts(look.select('tool_plugins', COLUMNS), COLUMNS, limits.ledgerTextChars)} ORDER BY name`,
    )
    .raw()
    .all()
    .map((row): ToolPlugin => {
      const [name, version, entrypoint, packagePath, sha256, manifest, , createdAt] = row.map(columnText);
      const made = runs.get(name!);
      const none = (type: string) => ({
        value: 0,
        query: ledgerQuery(`type:${type}`, ledgerTerm('tool', name!)),
      });
      return {
        name: name!,
        version: version!,
        enabled: row[6] === 1,
        entrypoint: entrypoint!,
        packagePath: packagePath!,
        sha256: sha256!,
        costMicro: costOf(manifest!),
        createdAt: row[7] === null ? null : createdAt!,
        manifest: manifest!.slice(0, limits.ledgerTextChars),
        runs: made?.runs ?? none('tool'),
        failures: made?.failures ?? none('tool-denied'),
      };
    });
}

function costOf(manifest: string): number {
  const parsed = parseJson(manifest, { maxChars: limits.ledgerTextChars });
  return toolCost(parsed.ok ? parsed.node : jsonNull);
}

/** What each policy hash says, most used first. Entries name no policy, so those of a few executions are asked for by their ids. */
export function policiesOf(
  look: LedgerLook,
  counts: ReadonlyMap<string | null, number>,
  agents: readonly string[],
  tools: readonly string[],
): readonly PolicyUse[] {
  const ofTools = new Map(
    agents.flatMap((agent) =>
      tools.map((tool) => [toolPolicyHash(agent, tool), `${agent}: ${tool}`] as const),
    ),
  );
  const rows = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return [...counts]
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, limits.ledgerReasons)
    .map(([policyHash, executions]) => ({
      policyHash,
      executions,
      text: textOf(policyHash, ofTools),
      query: rows > limits.ledgerInlineEntries ? null : executionsOf(look, policyHash, executions),
    }));
}

/** The entries of the executions that carry a policy hash, where they are few; no entry names the policy itself. */
function executionsOf(look: LedgerLook, hash: string | null, count: number): string | null {
  if (count === 0 || count > limits.ledgerPolicyIds) return null;
  const ids = look.db
    .prepare<[string | null], unknown>(
      `SELECT execution_id FROM (${look.select('executions', ['execution_id', 'policy_hash'])}) WHERE policy_hash IS ?`,
    )
    .pluck()
    .all(hash)
    .map(columnText);
  // a hash that is stored in another way than as text is not found again
  if (ids.length !== count || ids.some((id) => id === null || id.length > 200)) return null;
  return `execution:${ids.map((id) => ledgerTerm('execution', id).slice('execution:'.length)).join(',')}`;
}

function textOf(hash: string | null, ofTools: ReadonlyMap<string, string>): string {
  if (hash === null) return 'No policy hash is recorded.';
  if (hash === PLAIN_POLICY_HASH) return 'Allowed, and no policy plugin had a say.';
  const tool = ofTools.get(hash);
  if (tool !== undefined) return `The fixed hash of tool runs (${tool}). No policy is asked about tools.`;
  return 'Policy plugins took part, or it is a tool that is not installed any more. The hash alone does not say what they decided.';
}
