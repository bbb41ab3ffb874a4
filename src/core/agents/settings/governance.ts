import type { FileFinding } from '../../../contract/agent-files.ts';
import type { GovernancePart } from '../../../contract/agent-parts.ts';
import { yamlBlocks } from '../text/fences.ts';
import { isMap, typeName } from '../../yaml/yaml-value.ts';
import type { YamlMap } from '../../yaml/yaml-value.ts';
import { scalarText } from './numbers.ts';

export type GovernanceState = GovernancePart['state'];

/** `governance.md` of an agent in one of five states (formats/atomic-agents.md §2.21). */
export type Governance = {
  readonly state: GovernanceState;
  readonly why: string;
  readonly path: string | null;
  readonly fields: readonly {
    readonly key: string;
    readonly value: string;
    readonly line: number | null;
    readonly bad: boolean;
  }[];
  readonly findings: readonly FileFinding[];
};

const yesNo = ['yes', 'no', 'partial'];
const enums: Readonly<Record<string, readonly string[]>> = {
  permission_tier: ['read-only', 'draft-only', 'writes', 'sends-or-acts'],
  customer_data: yesNo,
  writes_sor: yesNo,
  lifecycle_status: ['active', 'paused', 'deprecated', 'retired'],
};

/** Reads `governance.md`; null: there is none. */
export function parseGovernance(text: string | null, path: string): Governance {
  const state = (of: GovernanceState, why: string, rest: Partial<Governance> = {}): Governance => ({
    state: of,
    why,
    path: text === null ? null : path,
    fields: [],
    findings: [],
    ...rest,
  });
  if (text === null) return state('NO_GOVERNANCE', 'There is no governance.md.');
  const blocks = yamlBlocks(text);
  const broken = blocks.find(({ problem }) => problem !== null)?.problem;
  const block = blocks.find(({ value }) => isMap(value) && value.has('governance'));
  if (block === undefined) {
    if (broken !== undefined && broken !== null) {
      const why = `Its yaml block cannot be read: ${broken.message}.`;
      return state('GOVERNANCE_INVALID', why, { findings: [error(why, broken.line)] });
    }
    return state('GOVERNANCE_NO_BLOCK', 'It has no yaml block with the key governance.');
  }
  const map = (block.value as YamlMap).get('governance');
  if (!isMap(map)) {
    const why = `governance holds ${typeName(map)} instead of keys.`;
    return state('GOVERNANCE_INVALID', why, {
      findings: [error(why, block.lines.get('governance') ?? null)],
    });
  }
  const rows = block.text.split('\n');
  const fields = Array.from(map, ([key, value]) => {
    const name = scalarText(key) ?? '';
    const at = rows.findIndex((row) => row.trimStart().startsWith(`${name}:`));
    const read = scalarText(value) ?? (value === null ? '' : JSON.stringify(String(value)));
    const known = enums[name];
    return {
      key: name,
      value: read,
      line: at === -1 ? null : block.line + at,
      bad: known !== undefined && value !== null && !known.includes(read),
    };
  });
  const bad = fields.find((field) => field.bad);
  if (bad !== undefined) {
    const why = `${bad.key} is “${bad.value}”, none of ${enums[bad.key]!.join(', ')}.`;
    return state('GOVERNANCE_INVALID', why, { fields, findings: [error(why, bad.line)] });
  }
  const owner = scalarText(map.get('owner'));
  if (owner === null || owner.trim() === '') {
    return state('GOVERNANCE_INCOMPLETE', 'It names no owner.', { fields });
  }
  return state('VALID', 'It is complete.', { fields });
}

function error(message: string, line: number | null): FileFinding {
  return { severity: 'error', message, hint: 'Use one of the known values.', line };
}
