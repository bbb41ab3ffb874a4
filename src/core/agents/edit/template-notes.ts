import type { FieldRule, TemplateRule } from './template-model.ts';
import { takenBy } from './template-model.ts';
import { all, atMost, choice, day, lines, naming, slugOf, text, yesNo } from './template-fields.ts';
import { yamlLine, yamlList, yamlRaw } from './template-yaml.ts';

type NoteType = 'user' | 'feedback' | 'project' | 'decision' | 'reference';
type Part = { readonly key: string; readonly label: string; readonly help: string; readonly lead: string };
type NoteKind = {
  readonly type: NoteType;
  readonly title: string;
  readonly about: string;
  readonly parts: readonly Part[];
};

const why: Part = {
  key: 'why',
  label: 'Why',
  help: 'The reason, so that the agent can judge cases that the rule does not name.',
  lead: '**Why:** ',
};
const apply: Part = {
  key: 'apply',
  label: 'How to apply',
  help: 'When it matters, and what the agent does then.',
  lead: '**How to apply:** ',
};
const part = (key: string, label: string, help: string, lead = ''): Part => ({ key, label, help, lead });

/** What the body of a note says, by its type (formats/atomic-agents.md §2.4). */
const KINDS: readonly NoteKind[] = [
  {
    type: 'user',
    title: 'Note about the person',
    about: 'What the agent should know about the person it works for.',
    parts: [part('body', 'What is so', 'A few sentences.')],
  },
  {
    type: 'feedback',
    title: 'Note of feedback',
    about: 'A correction, or something that worked, which the agent should keep to.',
    parts: [part('rule', 'Rule', 'What the agent should do from now on.'), why, apply],
  },
  {
    type: 'project',
    title: 'Note about a project',
    about: 'Something that is under way, and what follows from it.',
    parts: [part('rule', 'What is under way', 'The state of it in a few sentences.'), why, apply],
  },
  {
    type: 'decision',
    title: 'Note of a decision',
    about: 'Something that is settled, with what else was thought of.',
    parts: [
      part('decided', 'Decided', 'What was decided.', '**Decided:** '),
      part('considered', 'Considered', 'What else was possible.', '**Considered:** '),
      part('won', 'Won because', 'Why this one.', '**Won because:** '),
    ],
  },
  {
    type: 'reference',
    title: 'Note for reference',
    about: 'Where something is found, or a fact that the agent looks up.',
    parts: [part('body', 'What is found where', 'Places, names, numbers.')],
  },
];

const title = text('name', 'Title', 'At most 80 characters. The file is named after it.', {
  required: true,
  check: naming,
});
const description = text('description', 'Description', 'One line for the index, at most 200 characters.', {
  required: true,
  check: atMost(200),
});
const confidence = choice('confidence', 'Confidence', 'How sure this is.', ['high', 'medium', 'low']);
const tags = lines('tags', 'Tags', 'One a line.');

function noteFields(kind: NoteKind): readonly FieldRule[] {
  return [
    title,
    description,
    ...kind.parts.map((one) => lines(one.key, one.label, one.help)),
    lines('sources', 'Sources', 'Where it is known from, one a line: a talk, a file, a link.', {
      required: true,
    }),
    confidence,
    yesNo('pinned', 'Pinned', 'Pinned notes are sent with every run; at most five are.', 'no'),
    day('expires', 'Ends on', 'From this day on it is listed as expired.'),
    tags,
  ];
}

function noteTemplate(kind: NoteKind): TemplateRule {
  const file = (name: string): string => `memory/${kind.type}_${slugOf(name)}.md`;
  return {
    id: `note-${kind.type}`,
    title: kind.title,
    about: kind.about,
    group: 'memory',
    on: 'agent',
    fields: () => noteFields(kind),
    blocked: () => null,
    problems: (place, { of }) => {
      const taken = takenBy(place, file(of('name')));
      return taken === null ? [] : [`Title: ${taken}`];
    },
    make: ({ today }, { of, lines: list, yes }) => [
      {
        file: file(of('name')),
        text:
          '---\nschema_version: 1\n' +
          yamlLine('name', of('name')) +
          yamlLine('description', of('description')) +
          yamlRaw('type', kind.type) +
          yamlRaw('captured', today) +
          yamlRaw('last_seen', today) +
          yamlList('sources', list('sources')) +
          yamlRaw('confidence', of('confidence')) +
          yamlRaw('pinned', String(yes('pinned'))) +
          yamlRaw('expires_at', of('expires')) +
          yamlList('tags', list('tags')) +
          'provenance: confirmed\n---\n\n' +
          kind.parts.map((one) => `${`${one.lead}${of(one.key)}`.trimEnd()}\n`).join('\n'),
      },
    ],
  };
}

const pageFile = (name: string): string => `wiki/${slugOf(name)}.md`;

const wikiPage: TemplateRule = {
  id: 'wiki-page',
  title: 'Wiki page',
  about: 'What sources say about one subject, distilled.',
  group: 'wiki',
  on: 'agent',
  fields: () => [
    {
      ...title,
      check: all(naming, (value) =>
        slugOf(value) === 'index' ? 'INDEX.md is the list of pages. Choose another title.' : null,
      ),
    },
    description,
    lines('body', 'Text', 'What the page says.'),
    lines('sources', 'Sources', 'Files below raw/, one a line, such as raw/report.pdf.'),
    lines('related', 'Related pages', 'Names of pages beside it, one a line.'),
    confidence,
    tags,
  ],
  blocked: () => null,
  problems: (place, { of }) => {
    const taken = takenBy(place, pageFile(of('name')));
    return taken === null ? [] : [`Title: ${taken}`];
  },
  make: ({ today }, { of, lines: list }) => [
    {
      file: pageFile(of('name')),
      text:
        '---\nschema_version: 1\n' +
        yamlLine('name', of('name')) +
        yamlLine('description', of('description')) +
        'type: wiki_page\n' +
        yamlRaw('captured', today) +
        yamlRaw('last_seen', today) +
        yamlList('sources', list('sources')) +
        yamlList('related', list('related')) +
        yamlRaw('confidence', of('confidence')) +
        yamlList('tags', list('tags')) +
        `provenance: distilled\n---\n\n# ${of('name')}\n${of('body') === '' ? '' : `\n${of('body')}\n`}`,
    },
  ],
};

function indexTemplate(
  file: string,
  title_: string,
  about: string,
  group: 'memory' | 'wiki',
  content: string,
): TemplateRule {
  return {
    id: `${group}-index`,
    title: title_,
    about,
    group,
    on: 'agent',
    fields: () => [],
    blocked: (place) => takenBy(place, file),
    problems: () => [],
    make: () => [{ file, text: content }],
  };
}

/** An empty index with the sections into which the agent puts its notes (formats/atomic-agents.md §2.5). */
export const MEMORY_INDEX =
  '# Memory Index\n\n## User Profile\n\n## Critical Feedback\n\n## Active Projects\n\n## Locked Decisions\n\n## Reference\n';
export const WIKI_INDEX = '# Wiki Index\n\n## Pages\n';

/** Notes, pages and their indexes. */
export const noteTemplates: readonly TemplateRule[] = [
  ...KINDS.map(noteTemplate),
  indexTemplate(
    'memory/INDEX.md',
    'Index of the memory',
    'The list of notes that every run is sent.',
    'memory',
    MEMORY_INDEX,
  ),
  wikiPage,
  indexTemplate(
    'wiki/INDEX.md',
    'Index of the wiki',
    'The list of pages that every run is sent.',
    'wiki',
    WIKI_INDEX,
  ),
];
