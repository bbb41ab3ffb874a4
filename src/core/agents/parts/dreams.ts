import type { DreamsPart } from '../../../contract/agent-parts.ts';
import { diffText, linesOf } from '../../json/text-diff.ts';
import type { AgentFolder } from '../folder.ts';
import { scalarText } from '../settings/numbers.ts';
import { universalNewlines } from '../text/python-text.ts';
import { isList, isMap } from '../../yaml/yaml-value.ts';
import type { YamlMap, YamlValue } from '../../yaml/yaml-value.ts';
import { dollars } from './outcomes.ts';
import { fileOf, filesOf, finding, foldersOf, readJson } from './read.ts';

type Dream = DreamsPart['dreams'][number];

/** The dreams of an agent, newest first, each against the present memory (formats/atomic-agents.md §2.15). */
export function readDreams(folder: AgentFolder, agent: string): DreamsPart {
  const memory = folder.pathOf(agent, 'memory');
  const dreams = foldersOf(folder, folder.pathOf(agent, 'dreams'))
    .filter(({ name }) => name.startsWith('drm_'))
    .map(({ name, path }) => dreamOf(folder, name, path, memory));
  return { part: 'dreams', dreams: dreams.toReversed() };
}

function dreamOf(folder: AgentFolder, name: string, path: string, memory: string): Dream {
  const file = fileOf(folder, `${path}/manifest.json`);
  const read = readJson(file?.text ?? '');
  const map: YamlMap = read.ok && isMap(read.value) ? read.value : new Map();
  const text = (key: string): string | null => scalarText(map.get(key));
  const findings = [];
  if (file === null) findings.push(finding('error', 'It has no manifest.json.'));
  else if (!read.ok)
    findings.push(finding('error', `Its manifest is no JSON: ${read.message}.`, '', read.line));
  if (text('applied_at') !== null) {
    findings.push(finding('notice', 'It was applied: what is shown as changed came after it.'));
  }
  const report = `${path}/report.md`;
  return {
    path,
    id: text('dream_id') ?? name,
    status: text('status') ?? 'unknown',
    model: text('model'),
    instructions: text('instructions'),
    error: text('error'),
    startedAt: text('started_at'),
    endedAt: text('ended_at'),
    appliedAt: text('applied_at'),
    costMicros: dollars(map.get('cost_usd') ?? map.get('total_cost_usd')),
    reportPath: folder.isFile(report) ? report : null,
    findings,
    consolidated: namesOf(map.get('consolidated')),
    promoted: namesOf(map.get('promoted')),
    markedStale: namesOf(map.get('marked_stale')),
    changes: folder.has(`${path}/memory`) ? changesOf(folder, memory, `${path}/memory`) : [],
  };
}

/** Names, or groups of names that were made one. */
function namesOf(value: YamlValue | undefined): readonly string[] {
  if (!isList(value)) return [];
  return value.map((one) => {
    if (isList(one)) return one.map((name) => scalarText(name) ?? '').join(' + ');
    if (isMap(one))
      return Array.from(one.values(), (part) => scalarText(part) ?? '')
        .filter(Boolean)
        .join(' → ');
    return scalarText(one) ?? '';
  });
}

function changesOf(folder: AgentFolder, before: string, after: string): Dream['changes'] {
  const now = new Map(filesOf(folder, before, '.md').map(({ name, path }) => [name, path] as const));
  const then = new Map(filesOf(folder, after, '.md').map(({ name, path }) => [name, path] as const));
  const names = [...new Set([...now.keys(), ...then.keys()])].sort();
  return names.map((file) => {
    const beforePath = now.get(file) ?? null;
    const afterPath = then.get(file) ?? null;
    const a = beforePath === null ? '' : universalNewlines(fileOf(folder, beforePath)?.text ?? '');
    const b = afterPath === null ? '' : universalNewlines(fileOf(folder, afterPath)?.text ?? '');
    let added = 0;
    let removed = 0;
    for (const hunk of diffText(a, b)) {
      removed += linesOf(a.slice(hunk.from, hunk.to)).length;
      added += linesOf(b.slice(hunk.newFrom, hunk.newTo)).length;
    }
    const change =
      beforePath === null ? 'added' : afterPath === null ? 'removed' : a === b ? 'same' : 'changed';
    return { file, change, beforePath, afterPath, added, removed };
  });
}
