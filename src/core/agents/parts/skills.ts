import type { FileFinding } from '../../../contract/agent-files.ts';
import type { SkillsPart } from '../../../contract/agent-parts.ts';
import type { AgentFolder, FolderFile } from '../folder.ts';
import { micros, plainNumber, scalarText, textList } from '../settings/numbers.ts';
import { yamlBlocks } from '../text/fences.ts';
import { readFrontmatter } from '../text/frontmatter.ts';
import { pyLength, pyLines, pyRegExp, pyStrip, pyWords } from '../text/python-text.ts';
import { isList, isMap, truthy, yamlText } from '../../yaml/yaml-value.ts';
import type { YamlMap, YamlValue } from '../../yaml/yaml-value.ts';
import { entriesOf, fileOf, finding, oncePerFile, tokensOf } from './read.ts';

type Skill = SkillsPart['skills'][number];

const goodName = pyRegExp('^[a-z0-9][a-z0-9\\-]*$');
const reserved = ['anthropic', 'claude', 'atomic_agents'];
/** Bounded, so that a text of brackets alone is read in no time. */
const deepLink = /\[[^\]]{0,300}\]\(([^)]{1,500})\)/g;

/** Reads a `SKILL.md` by the rules of the runtime (formats/atomic-agents.md §2.12). */
export const readSkill = oncePerFile((file: FolderFile): Skill => {
  const head = headOf(file);
  const { fm, name, description } = head;
  const findings = [...head.findings];
  let why = head.why;
  if (why === null) why = nameProblem(name);
  if (why === null && description === '') why = 'It has no description.';
  if (why !== null)
    findings.push(finding('error', `The agent does not load it: ${why}`, 'Mend its header.', 1));
  if (pyLength(description) > 1024) {
    findings.push(
      finding(
        'warning',
        `Its description has ${pyLength(description)} characters, more than 1024.`,
        'Shorten it.',
      ),
    );
  }
  if (head.whenToUse !== null && pyWords(head.whenToUse).length > 200) {
    findings.push(finding('warning', 'when_to_use has more than 200 words.', 'Shorten it.'));
  }
  const bodyLines = pyLines(fm.body).length;
  if (bodyLines > 500) {
    findings.push(
      finding(
        'warning',
        `Its body has ${bodyLines} lines, more than 500.`,
        'Move parts into files beside it.',
      ),
    );
  }
  for (const [, target = ''] of fm.body.matchAll(deepLink)) {
    if (/^(?:https?:\/\/|mailto:)/.test(target.trim())) continue;
    if (
      target
        .trim()
        .replace(/^[./]+/, '')
        .split(/[/\\]/)
        .filter(Boolean).length > 1
    ) {
      findings.push(
        finding('warning', `${target} lies deeper than one level, where the runtime does not read.`, ''),
      );
    }
  }
  return { ...base(file, head, findings), kind: 'skill', loaded: why === null, why, bodyLines };
});

/** Reads a `PLAYBOOK.md`: header and the first yaml block with its stages (§2.12). */
export const readPlaybook = oncePerFile((file: FolderFile): Skill => {
  const head = headOf(file);
  const findings = [...head.findings];
  let why = head.why;
  const tell = (message: string, line: number | null = null): void => {
    why ??= message;
    findings.push(finding('error', message, 'Mend it before a run is started.', line));
  };
  if (why !== null) findings.push(finding('error', why, 'Mend its header.', 1));
  const kind = scalarText(head.fm.meta.get('kind'));
  if (why === null && kind !== 'playbook')
    tell(`kind is “${kind ?? ''}”, not playbook.`, head.fm.lines.get('kind') ?? 1);
  const block = yamlBlocks(file.text ?? '')[0];
  if (block === undefined) tell('It has no yaml block with stages.');
  else if (block.problem !== null)
    tell(`Its yaml block cannot be read: ${block.problem.message}.`, block.problem.line);
  const map: YamlMap = isMap(block?.value) ? block.value : new Map();
  const cap = plainNumber(map.get('run_cap_usd'));
  if (block !== undefined && block.problem === null && !(cap !== null && Number.isFinite(cap) && cap > 0)) {
    tell('run_cap_usd is no amount above 0.', block.lines.get('run_cap_usd') ?? block.line);
  }
  return {
    ...base(file, head, findings),
    kind: 'playbook',
    loaded: why === null,
    why,
    bodyLines: pyLines(head.fm.body).length,
    runCapMicros: cap !== null && Number.isFinite(cap) ? micros(cap) : null,
    stages: stagesOf(map.get('stages'), block?.lines.get('stages') ?? null, tell),
  };
});

type Head = {
  readonly fm: ReturnType<typeof readFrontmatter>;
  readonly name: string;
  readonly description: string;
  readonly whenToUse: string | null;
  readonly why: string | null;
  readonly findings: readonly FileFinding[];
};

function headOf(file: FolderFile): Head {
  const fm = readFrontmatter(file.text ?? '');
  const text = (key: string): string => (fm.meta.has(key) ? pyStrip(yamlText(fm.meta.get(key))) : '');
  const when = fm.meta.get('when_to_use') ?? null;
  const why =
    file.text === null
      ? (file.noText ?? 'It cannot be read.')
      : fm.problem === null
        ? null
        : `Its header is no YAML: ${fm.problem.message}.`;
  return {
    fm,
    name: text('name'),
    description: text('description'),
    whenToUse: when === null ? null : pyStrip(yamlText(when)) || null,
    why,
    findings: file.findings,
  };
}

function base(
  file: FolderFile,
  head: Head,
  findings: readonly FileFinding[],
): Omit<Skill, 'kind' | 'loaded' | 'why' | 'bodyLines'> {
  return {
    path: file.path,
    name: head.name === '' ? folderName(file.path) : head.name,
    description: head.description,
    whenToUse: head.whenToUse,
    tokens: tokensOf(file.text ?? ''),
    findings,
    runCapMicros: null,
    stages: [],
  };
}

function folderName(path: string): string {
  return path.split('/').at(-2) ?? path;
}

function nameProblem(name: string): string | null {
  if (name === '') return 'It has no name.';
  if (pyLength(name) > 64) return `Its name has ${pyLength(name)} characters, more than 64.`;
  if (!goodName.test(name)) return `Its name “${name}” holds more than small letters, digits and hyphens.`;
  const word = reserved.find((one) => name.includes(one));
  return word === undefined ? null : `Its name holds the reserved word ${word}.`;
}

function stagesOf(
  value: YamlValue | undefined,
  line: number | null,
  tell: (message: string, line: number | null) => void,
): Skill['stages'] {
  if (!isList(value) || value.length === 0) {
    tell('It has no stages.', line);
    return [];
  }
  const seen = new Set<string>();
  return value.flatMap((raw, i) => {
    if (!isMap(raw)) {
      tell(`Stage ${i + 1} holds no keys.`, line);
      return [];
    }
    const id = scalarText(raw.get('stage_id')) ?? '';
    if (!/^[a-z0-9_-]{1,64}$/.test(id)) tell(`Stage ${i + 1} has no usable stage_id.`, line);
    if (seen.has(id)) tell(`The stage ${id} stands twice.`, line);
    seen.add(id);
    const gate = truthy(raw.get('is_gate'));
    if (gate && raw.has('model')) tell(`The gate ${id} names a model.`, line);
    if (!gate && raw.has('conflict_keys')) tell(`The stage ${id} has conflict_keys and is no gate.`, line);
    if (!gate && !raw.has('prompt') && !raw.has('prompt_ref')) tell(`The stage ${id} has no prompt.`, line);
    return [
      {
        id,
        label: scalarText(raw.get('label')) ?? id,
        gate,
        model: scalarText(raw.get('model')),
        options: textList(raw.get('options')) ?? [],
      },
    ];
  });
}

/** The skills in the order in which the runtime finds them; only those that load are in the prompt. */
export function readSkillFiles(folder: AgentFolder, agent: string): readonly Skill[] {
  return entriesOf(folder, folder.pathOf(agent, 'skills')).flatMap(({ path, kind }) => {
    const file = kind === 'folder' ? fileOf(folder, `${path}/SKILL.md`) : null;
    return file === null ? [] : [readSkill(file)];
  });
}

/** Skills and playbooks of an agent. */
export function readSkills(folder: AgentFolder, agent: string): SkillsPart {
  const skills: Skill[] = [];
  for (const { path, kind } of entriesOf(folder, folder.pathOf(agent, 'skills'))) {
    if (kind !== 'folder') continue;
    const skill = fileOf(folder, `${path}/SKILL.md`);
    const playbook = fileOf(folder, `${path}/PLAYBOOK.md`);
    if (skill !== null) skills.push(readSkill(skill));
    if (playbook !== null) skills.push(readPlaybook(playbook));
  }
  return { part: 'skills', skills };
}
