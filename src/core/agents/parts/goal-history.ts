import type { FolderFile } from '../folder.ts';
import { scalarText } from '../settings/numbers.ts';
import { isList, isMap, yamlText } from '../../yaml/yaml-value.ts';
import type { YamlMap } from '../../yaml/yaml-value.ts';
import { jsonLines, readJson } from './read.ts';

/** One line of `goal_history.jsonl` (formats/atomic-agents.md §2.9). */
export type GoalEvent = {
  readonly ts: string | null;
  readonly event: string;
  readonly fields: YamlMap;
  readonly line: number;
};

/** The readable lines of a history in order, and how many cannot be read. */
export function readHistory(file: FolderFile | null): {
  readonly events: readonly GoalEvent[];
  readonly bad: number;
} {
  const events: GoalEvent[] = [];
  let bad = 0;
  for (const { line, text } of jsonLines(file?.text ?? '')) {
    const read = readJson(text);
    if (!read.ok || !isMap(read.value)) {
      bad++;
      continue;
    }
    const fields = read.value;
    events.push({
      ts: scalarText(fields.get('ts')),
      event: scalarText(fields.get('event')) ?? '',
      fields,
      line,
    });
  }
  return { events, bad };
}

/** What an event says besides its name, in one line. */
export function eventText({ fields }: GoalEvent): string {
  return Array.from(fields, ([key, value]) => {
    const name = yamlText(key);
    if (name === 'ts' || name === 'event') return '';
    if (isMap(value)) {
      const inner = Array.from(value, ([k, v]) => (v === null ? '' : `${yamlText(k)} ${flat(v)}`)).filter(
        Boolean,
      );
      return `${name}: ${inner.join(', ')}`;
    }
    return value === null ? '' : `${name} ${flat(value)}`;
  })
    .filter(Boolean)
    .join(' · ');
}

function flat(value: Parameters<typeof yamlText>[0]): string {
  return isList(value) ? value.map((item) => yamlText(item)).join(', ') : yamlText(value);
}
