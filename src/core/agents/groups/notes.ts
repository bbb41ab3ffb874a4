import type { ReadingGroup } from '../../../contract/agent-files.ts';
import type { SkillsPart } from '../../../contract/agent-parts.ts';
import type { Escalation } from '../../../contract/escalations.ts';
import type { NoteFile } from '../parts/note.ts';
import type { Frontmatter } from '../text/frontmatter.ts';
import { isList, isMap, yamlText } from '../../yaml/yaml-value.ts';
import type { YamlValue } from '../../yaml/yaml-value.ts';
import { group, reading } from './reading.ts';

type Groups = readonly ReadingGroup[];

/** A note or page: how the runtime reads it, then its header. */
export function noteGroups(note: NoteFile): Groups {
  return [
    ...group('Read as', [
      reading(
        'Loaded',
        note.loads ? 'yes' : 'no',
        note.whyNot?.line ?? null,
        note.loads ? {} : { tone: 'bad' },
      ),
      reading(
        'Rule broken',
        note.rule?.message ?? 'none',
        note.rule?.line ?? null,
        note.rule === null ? {} : { tone: 'warn' },
      ),
      reading('Type', yamlText(note.type), note.fm.lines.get('type') ?? null),
      reading('Last seen', note.lastSeen?.text ?? 'not known', note.fm.lines.get('last_seen') ?? null),
      reading('Pinned', note.pinned ? 'yes' : 'no', note.fm.lines.get('pinned') ?? null),
      reading('Archived', note.archived ? 'yes' : 'no', note.fm.lines.get('archived') ?? null),
      reading('Superseded by', note.supersededBy ?? 'nothing', note.fm.lines.get('superseded_by') ?? null),
    ]),
    ...headerGroups(note.fm),
  ];
}

/** The keys of a header. */
export function headerGroups(fm: Frontmatter): Groups {
  return group(
    'Header',
    Array.from(fm.meta, ([key, value]) =>
      reading(yamlText(key), short(value), fm.lines.get(yamlText(key)) ?? null),
    ),
  );
}

function short(value: YamlValue): string {
  if (value === null) return 'null';
  if (isList(value))
    return value.map((one) => (isMap(one) ? short([...one.values()]) : yamlText(one))).join(', ');
  if (isMap(value)) return Array.from(value, ([k, v]) => `${yamlText(k)}: ${short(v)}`).join('; ');
  return yamlText(value);
}

/** A skill or playbook. */
export function skillGroups(skill: SkillsPart['skills'][number]): Groups {
  return [
    ...group('Read as', [
      reading(
        'Loaded',
        skill.loaded ? 'yes' : `no: ${skill.why ?? ''}`,
        null,
        skill.loaded ? {} : { tone: 'bad' },
      ),
      reading('Name', skill.name),
      reading('Description', skill.description),
      reading('When to use', skill.whenToUse ?? 'not said'),
      reading('Body', `${skill.bodyLines} lines`),
    ]),
    ...group(
      'Stages',
      skill.stages.map(({ id, label, gate, model, options }) =>
        reading(
          id,
          gate ? `${label}: a gate (${options.join(', ')})` : label,
          null,
          model === null ? {} : { note: model },
        ),
      ),
    ),
  ];
}

/** An escalation. */
export function escalationGroups(one: Escalation): Groups {
  const tampered = one.hashOk === false;
  return [
    ...group('Read as', [
      reading(
        'Verdict',
        one.verdict,
        null,
        one.findings.some(({ severity }) => severity === 'error') ? { tone: 'bad' } : {},
      ),
      reading('State', one.state),
      reading('Arguments', one.hashWhy, null, tampered ? { tone: 'bad' } : {}),
      reading('Executed', one.executed ? 'the marker of the runtime is there: final' : 'no'),
    ]),
    ...group(
      'Resolutions',
      one.blocks.map(({ verb, by, counts, line }) =>
        reading(`${verb} by ${by}`, counts ? 'counts' : 'ignored', line, counts ? {} : { tone: 'warn' }),
      ),
    ),
    ...group(
      'Proposal',
      one.facts.map(({ label, value }) => reading(label, value)),
    ),
  ];
}
