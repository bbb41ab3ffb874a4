import type { FieldDef } from './define.ts';
import { headerForm } from './header.ts';

const version: FieldDef = {
  id: 'schema_version',
  label: 'Format',
  help: 'The version of the format. The agent knows 1 only.',
  type: 'number',
  required: true,
  rules: { whole: true, min: 1, max: 1 },
};
const name: FieldDef = {
  id: 'name',
  label: 'Name',
  help: 'A short title, by which the agent and you recognise it.',
  type: 'text',
  required: true,
  strict: true,
  rules: { maxLength: 80 },
};
const description: FieldDef = {
  id: 'description',
  label: 'Description',
  help: 'One sentence on what it says. The agent decides by it whether to read the whole.',
  type: 'text',
  required: true,
  strict: true,
  rules: { maxLength: 200 },
};
const captured: FieldDef = {
  id: 'captured',
  label: 'Captured on',
  help: 'The day on which it was written down first.',
  type: 'date',
  required: true,
};
const lastSeen: FieldDef = {
  id: 'last_seen',
  label: 'Last seen',
  help: 'The day on which it was last found to be true. The newest ones are sent to the model.',
  type: 'date',
  required: true,
};
const confidence: FieldDef = {
  id: 'confidence',
  label: 'Confidence',
  help: 'How sure it is.',
  type: 'choice',
  required: true,
  options: [
    ['high', 'High'],
    ['medium', 'Medium'],
    ['low', 'Low'],
  ],
};
const pinned: FieldDef = {
  id: 'pinned',
  label: 'Pinned',
  help: 'A pinned one is sent with every call, at most five.',
  type: 'bool',
  fallback: 'not pinned',
};
const tags: FieldDef = {
  id: 'tags',
  label: 'Tags',
  help: 'Words to find it by.',
  type: 'lines',
  flow: true,
  fallback: 'none',
};

const noteWhat: readonly FieldDef[] = [
  version,
  name,
  description,
  {
    id: 'type',
    label: 'Kind of note',
    help: 'What the note is about. Its file name begins with the same word.',
    type: 'choice',
    required: true,
    options: [
      ['user', 'User', 'about the person the agent serves'],
      ['feedback', 'Feedback', 'how the agent should work'],
      ['project', 'Project', 'something under way'],
      ['decision', 'Decision', 'what was settled'],
      ['reference', 'Reference', 'where to find something'],
    ],
  },
];
const noteSure: readonly FieldDef[] = [
  captured,
  lastSeen,
  {
    id: 'sources',
    label: 'Sources',
    help: 'Where it comes from: a conversation, a file, a person.',
    type: 'lines',
    required: true,
  },
  confidence,
  {
    id: 'provenance',
    label: 'How it came about',
    help: 'Whether it was seen, concluded or confirmed. Only a person confirms.',
    type: 'choice',
    fallback: 'legacy',
    options: [
      ['observed', 'Observed'],
      ['inferred', 'Inferred'],
      ['generated', 'Generated'],
      ['confirmed', 'Confirmed by a person'],
      ['disputed', 'Disputed'],
      ['superseded', 'Superseded'],
      ['legacy', 'Legacy'],
    ],
  },
];
const noteUse: readonly FieldDef[] = [
  pinned,
  {
    id: 'expires_at',
    label: 'Expires on',
    help: 'A day after which it should not be relied on.',
    type: 'date',
    nullable: true,
    fallback: 'never',
  },
  {
    id: 'supersedes',
    label: 'Replaces',
    help: 'The file name of an older note that this one replaces.',
    type: 'file',
    nullable: true,
    fallback: 'none',
    strict: true,
  },
  {
    id: 'superseded_by',
    label: 'Replaced by',
    help: 'The file name of the note that replaced this one. It is then left out of the lists.',
    type: 'file',
    nullable: true,
    fallback: 'none',
  },
  tags,
  {
    id: 'archived',
    label: 'Archived',
    help: 'An archived note stays in the folder and is left out of the lists.',
    type: 'bool',
    fallback: 'not archived',
  },
  {
    id: 'lint_suppress',
    label: 'Checks to skip',
    help: 'Names of checks that should not complain about this note.',
    type: 'lines',
    flow: true,
    fallback: 'none',
  },
];

const pageWhat: readonly FieldDef[] = [
  version,
  name,
  description,
  {
    id: 'type',
    label: 'Kind',
    help: 'A page of the wiki is always a wiki_page.',
    type: 'choice',
    required: true,
    options: [['wiki_page', 'Wiki page']],
  },
];
const pageSure: readonly FieldDef[] = [
  { ...captured, required: false, fallback: 'unknown' },
  { ...lastSeen, required: false, fallback: 'unknown' },
  {
    id: 'sources',
    label: 'Sources',
    help: 'The raw files that the page was made from, such as raw/report.txt.',
    type: 'lines',
    fallback: 'none',
  },
  { ...confidence, required: false, fallback: 'medium' },
  {
    id: 'provenance',
    label: 'How it came about',
    help: 'Pages that sum up raw files are distilled.',
    type: 'choice',
    open: true,
    options: [['distilled', 'Distilled']],
    fallback: 'legacy',
  },
];
const pageUse: readonly FieldDef[] = [
  pinned,
  {
    id: 'related',
    label: 'Related pages',
    help: 'Other pages that belong to the same subject.',
    type: 'lines',
    fallback: 'none',
  },
  tags,
];

/** A note of the memory (formats/atomic-agents.md §2.4). */
export const memoryNote = headerForm([
  ['what', 'What it says', 'By this the note is found and chosen.', noteWhat],
  ['sure', 'How sure it is', 'Where it comes from and how far it can be relied on.', noteSure],
  ['use', 'How it is used', 'When it is sent to the model, and what it replaces.', noteUse],
]);

/** A page of the wiki (§2.6). */
export const wikiPage = headerForm([
  ['what', 'What it says', 'By this the page is found and chosen.', pageWhat],
  ['sure', 'How sure it is', 'Where it comes from and how far it can be relied on.', pageSure],
  ['use', 'How it is used', 'What it belongs to.', pageUse],
]);
