import type { TextEdit } from '../../../contract/drafts.ts';
import { pyRegExp } from '../text/python-text.ts';
import { readYaml } from '../../yaml/yaml.ts';
import { isMap } from '../../yaml/yaml-value.ts';
import type { Bind, Slot } from './bind.ts';
import { section } from './bind.ts';
import type { FieldDef } from './define.ts';
import type { FormAbout } from './form.ts';
import { gapBefore, newBlock, orderOf, pathsOf } from './header.ts';
import { finderSlot, sectionAt, withoutLines, withoutSection } from './lines-slots.ts';
import type { Finder } from './lines-slots.ts';
import { blockRegions } from './regions.ts';
import type { Region } from './regions.ts';
import { yamlSlots } from './yaml-slots.ts';
import { yamlSource } from './yaml-source.ts';
import { lineEnd, lineStart } from './yaml-tree.ts';

const id = '[a-zA-Z0-9._/-]+';
const idRule = { pattern: [id, 'is no id of a model: letters, digits and . _ / - only'] } as const;
const modelId = `\\s*\\*{0,2}\`?(${id})\`?\\*{0,2}`;
const action = [
  ['skip', 'Skip', 'the call is not made'],
  ['fallback', 'Fall back', 'the fallback model is used'],
  ['alert', 'Alert only', 'the call is made, and noted'],
] as const;

const models = {
  default: {
    id: 'default',
    label: 'Default model',
    help: 'The model that answers.',
    type: 'model',
    required: true,
    rules: idRule,
  },
  fallback: {
    id: 'fallback',
    label: 'Fallback model',
    help: 'The model that is used when the default one fails, or at a cap.',
    type: 'model',
    fallback: 'none',
    rules: {
      ...idRule,
      not: ['^[Nn]one$', 'is the word none, which the runtime takes for a model. Take the value out instead'],
    },
  },
  provider: {
    id: 'provider',
    label: 'Provider',
    help: 'Needed only where several providers offer a model of the same name.',
    type: 'text',
    fallback: 'by the name of the model',
    rules: { pattern: ['[a-zA-Z0-9._-]+', 'is one word of letters, digits and . _ -'] },
  },
  prompt: {
    id: 'max_system_prompt',
    label: 'Longest system prompt',
    help: 'How many tokens the assembled prompt may have.',
    type: 'number',
    fallback: '12,000 tokens',
    rules: { whole: true, min: 1 },
  },
  output: {
    id: 'max_output',
    label: 'Longest answer',
    help: 'How many tokens an answer may have.',
    type: 'number',
    fallback: '4,000 tokens',
    rules: { whole: true, min: 1 },
  },
  dedup: {
    id: 'dedup_body_hash',
    label: 'Answer equal requests once',
    help: 'Equal requests from outside callers are answered once. It is on where its heading stands.',
    type: 'bool',
    fallback: 'off',
  },
  conversation: {
    id: 'conversation_backend',
    label: 'Where conversations are kept',
    help: 'The name of a backend for conversations.',
    type: 'text',
    fallback: 'none',
    rules: { pattern: ['[a-zA-Z0-9_-]+', 'is one word of letters, digits, _ and -'] },
  },
} as const satisfies Record<string, FieldDef>;

const guardrails: readonly FieldDef[] = [
  {
    id: 'enabled',
    label: 'Caps are checked',
    help: 'Off: spending is counted, and nothing is stopped.',
    type: 'bool',
    fallback: 'off',
  },
  {
    id: 'daily_cap_usd',
    label: 'Cap for a day',
    help: 'Dollars that may be spent on one day. 0 is no cap.',
    type: 'money',
    fallback: 'no cap',
    rules: { min: 0 },
  },
  {
    id: 'monthly_cap_usd',
    label: 'Cap for a month',
    help: 'Dollars that may be spent in one month. 0 is no cap.',
    type: 'money',
    fallback: 'no cap',
    rules: { min: 0 },
  },
  {
    id: 'daily_cap_action',
    label: 'At the daily cap',
    help: 'What happens with a call when the cap of the day is reached.',
    type: 'choice',
    options: action,
    fallback: 'skip',
  },
  {
    id: 'monthly_cap_action',
    label: 'At the monthly cap',
    help: 'What happens with a call when the cap of the month is reached.',
    type: 'choice',
    options: action,
    fallback: 'alert',
  },
  {
    id: 'warning_thresholds',
    label: 'Warn at',
    help: 'Shares of a cap, between 0 and 1, at which a warning is written.',
    type: 'lines',
    flow: true,
    fallback: '0.5 and 0.8',
    rules: { item: 'number', min: 0, max: 1 },
  },
  {
    id: 'alert_channel',
    label: 'Warnings go to',
    help: 'Only the log is wired; the others are noted there, too.',
    type: 'choice',
    open: true,
    options: [
      ['log_only', 'The log'],
      ['telegram', 'Telegram'],
      ['email', 'E-mail'],
      ['journal', 'The journal'],
    ],
    fallback: 'log_only',
  },
];
const expected: readonly FieldDef[] = [
  {
    id: 'expected_cost_per_call_usd',
    label: 'Expected cost of a call',
    help: 'What a usual call should cost, in dollars.',
    type: 'money',
    fallback: 'not said',
    rules: { min: 0 },
  },
];
const capOrder = orderOf([...pathsOf(['cost_guardrails'], guardrails), ...pathsOf([], expected)]);

/** `model.md` (formats/atomic-agents.md §2.3), found by the runtime's own patterns. */
export const model: Bind = (text, about) => {
  const blocks = blockRegions(text).map((region) => ({
    region,
    read: readYaml(text.slice(region.start, region.end)),
  }));
  const last = (key: string): Region | null =>
    blocks.findLast(({ read }) => read.ok && isMap(read.value) && read.value.has(key))?.region ?? null;
  const caps = blocks.findLast(
    ({ read }) => read.ok && isMap(read.value) && isMap(read.value.get('cost_guardrails')),
  );
  for (const { region } of blocks) {
    const tried = yamlSource(text, region, 'python', capOrder, newBlock(text, null));
    if (!tried.ok)
      return {
        ok: false,
        message: `A yaml block cannot be read: ${tried.problem.message}.`,
        line: tried.problem.line,
      };
  }
  const capsRegion = caps?.region ?? last('cost_guardrails');
  const capSource = yamlSource(text, capsRegion, 'python', capOrder, newBlock(text, 'Cost guardrails'));
  const costSource = yamlSource(
    text,
    last('expected_cost_per_call_usd') ?? capsRegion,
    'python',
    capOrder,
    newBlock(text, null),
  );
  if (!capSource.ok || !costSource.ok)
    return { ok: false, message: 'A yaml block cannot be read.', line: null };
  const slot = (def: FieldDef, finder: Finder): Slot => finderSlot(text, def, finder, about);
  return {
    ok: true,
    sections: [
      section('models', 'Models', 'Which model answers, and which one when it can’t.', [
        slot(models.default, headed(text, 'Default model', modelId, newModel)),
        slot(models.fallback, headed(text, 'Fallback', modelId, newModel)),
        slot(models.provider, provider(text)),
      ]),
      section('size', 'Sizes', 'How long prompt and answer may be.', [
        slot(
          models.prompt,
          limit(text, 'Max\\s+(?:system\\s+prompt|input)', 'Max system prompt', 'Max\\s+output'),
        ),
        slot(models.output, limit(text, 'Max\\s+output', 'Max output', 'Max\\s+(?:system\\s+prompt|input)')),
      ]),
      section(
        'caps',
        'Spending',
        'What the agent may spend, and what happens when it has.',
        [
          ...yamlSlots(capSource.source, ['cost_guardrails'], guardrails, about),
          ...costSlots(costSource.source, about),
        ],
        null,
        capSource.source.line(['cost_guardrails']),
      ),
      section('more', 'More', 'Settings that few agents need.', [
        slot(
          models.dedup,
          switched(text, 'Dedup Body Hash', 'Equal requests from outside callers are answered once.'),
        ),
        slot(models.conversation, conversation(text)),
      ]),
    ],
  };
};

function costSlots(source: Parameters<typeof yamlSlots>[0], about: FormAbout): readonly Slot[] {
  return yamlSlots(source, [], expected, about);
}

function newModel(name: string): string {
  return `**\`${name}\`**`;
}

/** The first match of a pattern, with the place of its group. */
function groupAt(text: string, pattern: RegExp): { readonly start: number; readonly group: Region } | null {
  const found = new RegExp(pattern.source, `${pattern.flags.replace('g', '')}d`).exec(text);
  const group = found?.indices?.[1];
  return found === null || group === undefined
    ? null
    : { start: found.index, group: { start: group[0], end: group[1] } };
}

/** A value in the line below a heading. */
function headed(text: string, title: string, value: string, made: (value: string) => string): Finder {
  const at = groupAt(text, pyRegExp(`##\\s+${title}[^\\n]*\\n+${value}`));
  return {
    value: at === null ? null : text.slice(at.group.start, at.group.end),
    at: at?.group ?? null,
    set: (wanted) => {
      if (typeof wanted !== 'string') return null;
      if (at === null) return below(text, title, made(wanted));
      const { start, end } = at.group;
      const rest = text.slice(end, lineEnd(text, end));
      if (/^`?\*{0,2}[ \t]*$/.test(rest)) return [{ from: start, to: end, text: wanted }];
      // the first word of a sentence, which the runtime takes for the name
      const line = lineStart(text, start);
      return [{ from: line, to: line, text: `${made(wanted)}\n\n` }];
    },
    unset: () => (at === null ? [] : [withoutSection(text, lineStart(text, at.start))]),
  };
}

/** Puts a line below a heading, which is made at the end where it is not there. */
function below(text: string, title: string, line: string): readonly TextEdit[] {
  const heading = new RegExp(`^##\\s+${title}\\b.*$`, 'im').exec(text);
  if (heading === null) {
    const last = text.length;
    return [{ from: last, to: last, text: `${gapBefore(text)}## ${title}\n\n${line}\n` }];
  }
  const at = heading.index + heading[0].length;
  return [{ from: at, to: at, text: `\n\n${line}${at === text.length ? '\n' : ''}` }];
}

function provider(text: string): Finder {
  // yaml blocks may have a key of the same name
  const outside = text.replaceAll(/```yaml\s*\n[^]*?```/g, (block) => block.replaceAll(/[^\n]/g, '\u0000'));
  const at = groupAt(outside, pyRegExp('^\\s*provider\\s*:\\s*([a-zA-Z0-9._-]+)\\s*$', 'm'));
  return {
    value: at === null ? null : text.slice(at.group.start, at.group.end),
    at: at?.group ?? null,
    set: (wanted) => {
      if (typeof wanted !== 'string') return null;
      if (at !== null) return [{ from: at.group.start, to: at.group.end, text: wanted }];
      const named = groupAt(text, pyRegExp(`##\\s+Default model[^\\n]*\\n+${modelId}`));
      if (named === null)
        return [{ from: text.length, to: text.length, text: `${gapBefore(text)}provider: ${wanted}\n` }];
      const end = lineEnd(text, named.group.end);
      return [{ from: end, to: end, text: `\n\nprovider: ${wanted}` }];
    },
    unset: () => (at === null ? [] : withoutParagraph(text, at.group)),
  };
}

/** Takes a line out, and one of two blank lines around it. */
function withoutParagraph(text: string, at: Region): readonly TextEdit[] {
  const edit = withoutLines(text, at);
  const blank = text.slice(0, edit.from).endsWith('\n\n') && /^(?:\n|$)/.test(text.slice(edit.to));
  return [blank ? { ...edit, from: edit.from - 1 } : edit];
}

/** The first number behind a label, with or without commas. `other`: the label beside which a new one is put. */
function limit(text: string, label: string, name: string, other: string): Finder {
  const find = (of: string): Region | null =>
    groupAt(text, pyRegExp(`${of}[^\\d]*(\\d[\\d,]*)`, 'i'))?.group ?? null;
  const at = find(label);
  const source = at === null ? '' : text.slice(at.start, at.end);
  const written = (value: string): string =>
    source === '' || source.includes(',') || Number(source) < 1000
      ? value.replaceAll(/\B(?=(?:\d{3})+$)/g, ',')
      : value;
  return {
    value: at === null ? null : source.replaceAll(',', ''),
    at,
    set: (value) => {
      if (typeof value !== 'string') return null;
      if (at !== null) {
        const end = at.start + source.replace(/,+$/, '').length;
        return [{ from: at.start, to: end, text: written(value) }];
      }
      return newLimit(text, name, written(value), find(other));
    },
    unset: () => {
      if (at === null) return [];
      const line = text.slice(lineStart(text, at.start), lineEnd(text, at.start));
      return /^\s*(?:\||[-*]\s)/.test(line) ? [withoutLines(text, at)] : null;
    },
  };
}

function newLimit(text: string, name: string, value: string, beside: Region | null): readonly TextEdit[] {
  if (beside !== null) {
    const end = lineEnd(text, beside.start);
    const line = text.slice(lineStart(text, beside.start), end);
    if (/^\s*\|/.test(line)) return [{ from: end, to: end, text: `\n| ${name} | ${value} tokens |` }];
    const bullet = /^\s*[-*]\s+/.exec(line)?.[0];
    if (bullet !== undefined) return [{ from: end, to: end, text: `\n${bullet}${name}: ${value} tokens` }];
  }
  return below(text, 'Token budget', `- ${name}: ${value} tokens`);
}

/** A heading whose presence is the setting. */
export function switched(text: string, title: string, words: string): Finder {
  const found = pyRegExp(`^##\\s+${title}\\s*$`, 'mi').exec(text);
  const at = found === null ? null : { start: found.index, end: found.index + found[0].length };
  const off = (): readonly TextEdit[] => (at === null ? [] : [withoutSection(text, at.start)]);
  return {
    value: at !== null,
    at,
    set: (value) => {
      if (value !== true) return off();
      const end = text.length;
      return at === null ? [{ from: end, to: end, text: `${gapBefore(text)}## ${title}\n\n${words}\n` }] : [];
    },
    unset: off,
  };
}

function conversation(text: string): Finder {
  const at = groupAt(text, pyRegExp('^##\\s+Conversation Backend\\s*$\\n+\\s*([a-zA-Z0-9_-]+)\\s*$', 'mi'));
  return {
    value: at === null ? null : text.slice(at.group.start, at.group.end),
    at: at?.group ?? null,
    set: (value) => {
      if (typeof value !== 'string') return null;
      if (at !== null) return [{ from: at.group.start, to: at.group.end, text: value }];
      return below(text, 'Conversation Backend', value);
    },
    unset: () => {
      if (at === null) return [];
      const { start } = sectionAt(text, at.start);
      return [withoutSection(text, start)];
    },
  };
}
