import type { FileFinding, Reading } from '../../../contract/agent-files.ts';
import type { MandatesPart } from '../../../contract/agent-parts.ts';
import { term } from '../../records/query.ts';
import type { AgentFolder, FolderFile } from '../folder.ts';
import { scalarText } from '../settings/numbers.ts';
import { yamlBlock, yamlBlocks } from '../text/fences.ts';
import { pyStrip, universalNewlines } from '../text/python-text.ts';
import { isList, isMap, truthy, yamlText } from '../../yaml/yaml-value.ts';
import type { YamlMap, YamlValue } from '../../yaml/yaml-value.ts';
import { fileOf, finding } from './read.ts';

type Mandate = MandatesPart['mandates'][number];

const REQUIRED = ['granted_by', 'granted_at', 'scope', 'revocation_state'];
const ENFORCED = [
  'allowed_tools',
  'allowed_targets',
  'daily_token_usd',
  'monthly_token_usd',
  'cumulative_token_usd',
  'daily_external_usd',
  'monthly_external_usd',
  'cumulative_external_usd',
  'requires_escalation_above_token_usd',
  'requires_escalation_above_external_usd',
  'time_window',
];

/**
 * The mandates of an agent, and those of the root that hold for all (formats/atomic-agents.md §2.19). The code refuses the
 * whole file for one error; here each mandate is shown with what is wrong with it.
 */
export function readMandates(folder: AgentFolder, agent: string | null, today: string): MandatesPart {
  const shared = folder.sharedPath('mandates.md');
  const root = shared === null ? null : fileOf(folder, shared);
  const own = agent === null ? null : fileOf(folder, folder.pathOf(agent, 'mandates.md'));
  return {
    part: 'mandates',
    mandates: [
      ...(own === null ? [] : mandatesOf(own, false, agent, today)),
      ...(root === null ? [] : mandatesOf(root, true, agent, today)),
    ],
    floor: root !== null,
  };
}

/** The mandates of one file. */
export function mandatesOf(
  file: FolderFile,
  isRoot: boolean,
  agent: string | null,
  today: string,
): readonly Mandate[] {
  const text = universalNewlines(file.text ?? '');
  const headings = Array.from(text.matchAll(/^## (.+)$/gm));
  const seen = new Set<string>();
  return headings.flatMap((heading, i): Mandate[] => {
    const id = pyStrip(heading[1]!);
    if (id === '') return [];
    const line = text.slice(0, heading.index).split('\n').length;
    const body = text.slice(heading.index + heading[0].length, headings[i + 1]?.index ?? text.length);
    const findings: FileFinding[] = [];
    const map = bodyOf(body, line, findings);
    if (id === '_meta') return isRoot ? [] : [metaOf(file, line)];
    if (!/^[a-z0-9][a-z0-9-]*$/.test(id) || id.length > 64) {
      findings.push(
        error(`“${id}” is no name of a mandate: small letters, digits and hyphens, at most 64.`, line),
      );
    }
    if (seen.has(id)) findings.push(error(`${id} stands twice.`, line));
    seen.add(id);
    if (map !== null) findings.push(...rules(map, line, today));
    const said = (key: string): string | null => scalarText(map?.get(key));
    const constraints = map?.get('constraints');
    return [
      {
        path: file.path,
        line,
        id,
        grantedBy: said('granted_by'),
        grantedAt: said('granted_at'),
        scope: said('scope'),
        state: said('revocation_state'),
        expiresAt: said('expires_at'),
        constraints: isMap(constraints) ? constraintsOf(constraints) : [],
        usedBy: [...(agent === null ? [] : [term('agent', agent)]), term('mandate', id)].join(' '),
        findings,
      },
    ];
  });
}

/** The keys of a section: bare YAML, or YAML in a fence as documents write it. */
function bodyOf(body: string, line: number, findings: FileFinding[]): YamlMap | null {
  const fenced = yamlBlocks(body, true)[0];
  const at = fenced === undefined ? line : line + fenced.line - 1;
  const block = yamlBlock(fenced?.text ?? body, at);
  if (fenced !== undefined) {
    findings.push(
      finding(
        'warning',
        'Its YAML stands in a fence; releases that read the section as bare YAML refuse the whole file.',
        'Write the keys below the heading without a fence.',
        at,
      ),
    );
  }
  if (block.problem !== null) {
    findings.push(error(`Its YAML cannot be read: ${block.problem.message}.`, block.problem.line));
    return null;
  }
  if (isMap(block.value)) return block.value;
  if (block.value !== null) findings.push(error('It holds no keys.', line));
  return new Map();
}

function rules(map: YamlMap, line: number, today: string): FileFinding[] {
  const findings: FileFinding[] = [];
  const missing = REQUIRED.filter((key) => !map.has(key));
  if (missing.length > 0) findings.push(error(`It lacks ${missing.join(', ')}.`, line));
  const state = scalarText(map.get('revocation_state'));
  if (state !== null && state !== 'active' && state !== 'revoked') {
    findings.push(error(`revocation_state is “${state}”, neither active nor revoked.`, line));
  }
  const expires = scalarText(map.get('expires_at'));
  if (expires === null && state === 'active') {
    findings.push(finding('warning', 'It has no day on which it ends.', 'Add expires_at.', line));
  } else if (expires !== null && expires.slice(0, 10) < today && state === 'active') {
    findings.push(
      finding('warning', `It ended on ${expires} and still says active.`, 'Renew or revoke it.', line),
    );
  }
  const constraints = map.get('constraints');
  const own: YamlMap = isMap(constraints) ? constraints : new Map();
  if (truthy(own.get('unconstrained'))) {
    if (scalarText(own.get('unconstrained_justification')) === null) {
      findings.push(error('It is unconstrained without a justification.', line));
    } else findings.push(finding('warning', 'It is unconstrained.', '', line));
  } else if (!ENFORCED.some((key) => truthy(own.get(key)) || plainZero(own.get(key)))) {
    findings.push(error('It has no constraint that could be enforced.', line));
  }
  return findings;
}

function plainZero(value: YamlValue | undefined): boolean {
  return value === 0 || value === 0n;
}

function error(message: string, line: number): FileFinding {
  return finding('error', message, 'The runtime refuses the whole file until this is mended.', line);
}

function constraintsOf(map: YamlMap): readonly Reading[] {
  return Array.from(map, ([key, value]) => ({
    label: yamlText(key),
    value: textOf(value),
    note: null,
    line: null,
    tone: 'plain',
  }));
}

function textOf(value: YamlValue): string {
  if (isList(value)) return value.map(textOf).join(', ');
  if (isMap(value)) return Array.from(value, ([k, v]) => `${yamlText(k)}: ${textOf(v)}`).join('; ');
  return scalarText(value) ?? '';
}

function metaOf(file: FolderFile, line: number): Mandate {
  return {
    path: file.path,
    line,
    id: '_meta',
    grantedBy: null,
    grantedAt: null,
    scope: null,
    state: null,
    expiresAt: null,
    constraints: [],
    usedBy: '',
    findings: [
      finding(
        'warning',
        '_meta belongs into the mandates.md of the root; here it is skipped.',
        'Move it.',
        line,
      ),
    ],
  };
}
