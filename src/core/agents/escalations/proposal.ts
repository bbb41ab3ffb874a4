import { createHash } from 'node:crypto';
import { canonicalBytes } from '../../json/canonical.ts';
import { parseJson } from '../../json/parse.ts';
import { prettyJson } from '../../json/pretty.ts';
import { distinctEntries } from '../../json/tree.ts';
import type { JsonNode, JsonObject } from '../../json/tree.ts';
import { pyRegExp, pyStrip } from '../text/python-text.ts';

/** The proposal of an escalation file: JSON in a `yaml` fence (formats/atomic-agents.md §11). */
export type Proposal = {
  readonly text: string;
  readonly node: JsonObject;
  readonly fields: ReadonlyMap<string, JsonNode>;
};

export type ProposalReading =
  { readonly ok: true; readonly proposal: Proposal } | { readonly ok: false; readonly why: string };

const fence = pyRegExp('##\\s+Proposal\\s*\\n+```yaml\\s*\\n(.*?)\\n```', 's');

const required = [
  'tool_name',
  'tool_arguments',
  'tool_call_id',
  'tool_definition_hash',
  'arguments_hash',
  'classification',
  'actor_agent',
  'actor_run_id',
  'proposal_id',
  'proposal_ts',
];

/** Finds and reads the proposal. */
export function readProposal(body: string): ProposalReading {
  const found = fence.exec(body);
  if (found === null) return { ok: false, why: 'There is no yaml block under “## Proposal”.' };
  const text = pyStrip(found[1]!);
  const parsed = parseJson(text);
  if (!parsed.ok) {
    return {
      ok: false,
      why: `The proposal is no JSON: ${parsed.error.message} (its line ${parsed.error.line}).`,
    };
  }
  if (parsed.node.kind !== 'object') return { ok: false, why: 'The proposal is no JSON object.' };
  const fields = new Map(distinctEntries(parsed.node.entries).map(({ key, value }) => [key, value] as const));
  const missing = required.find((key) => !fields.has(key));
  if (missing !== undefined) return { ok: false, why: `The proposal lacks ${missing}.` };
  return { ok: true, proposal: { text, node: parsed.node, fields } };
}

/** Whether the arguments are those that were judged. `ok` null: not checked. */
export type HashCheck = {
  readonly ok: boolean | null;
  readonly why: string;
  readonly stated: string | null;
  readonly computed: string | null;
};

/**
 * Compares `arguments_hash` with the sha256 of the arguments as compact JSON with sorted keys and non-ASCII as it is.
 * A float is written by Python in its own way, so that arguments with one are “not checked”; a `sha256:` before the hash
 * is accepted (formats/atomic-agents.md §11). The runtime compares the text, so that capitals are another hash.
 */
export function checkHash(fields: ReadonlyMap<string, JsonNode>): HashCheck {
  const statedNode = fields.get('arguments_hash');
  const stated = statedNode?.kind === 'string' ? statedNode.value : null;
  const args = fields.get('tool_arguments');
  if (args === undefined) return { ok: null, why: 'There are no arguments.', stated, computed: null };
  if (stated === null)
    return { ok: null, why: 'No hash of the arguments is stated.', stated, computed: null };
  if (holdsFloat(args)) {
    return {
      ok: null,
      why: 'Not checked: the arguments hold a number with a fraction, which languages write differently.',
      stated,
      computed: null,
    };
  }
  const bytes = canonicalBytes(args);
  if (!bytes.ok) return { ok: null, why: `Not checked: ${bytes.reason}.`, stated, computed: null };
  const computed = createHash('sha256').update(bytes.bytes).digest('hex');
  const same = stated.replace(/^sha256:/, '') === computed;
  return {
    ok: same,
    why: same
      ? 'The arguments are those that were judged.'
      : stated.replace(/^sha256:/i, '').toLowerCase() === computed
        ? 'The hash is not in lower case; the runtime compares it letter by letter and refuses to act.'
        : 'The arguments were changed after they were judged; the runtime refuses to act on them.',
    stated,
    computed,
  };
}

function holdsFloat(node: JsonNode): boolean {
  if (node.kind === 'float') return true;
  if (node.kind === 'array') return node.items.some(holdsFloat);
  return node.kind === 'object' && node.entries.some(({ value }) => holdsFloat(value));
}

/** A value in one line; empty for null and empty lists. */
export function plain(node: JsonNode | undefined): string {
  if (node === undefined || node.kind === 'null') return '';
  if (node.kind === 'string') return node.value;
  if (node.kind === 'array' && node.items.length === 0) return '';
  if (node.kind === 'object' && node.entries.length === 0) return '';
  if (node.kind === 'array' && node.items.every(({ kind }) => kind === 'string'))
    return node.items.map(plain).join(', ');
  return prettyJson(node).text;
}
