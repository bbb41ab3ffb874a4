import { fail, ok } from '../../result.ts';
import { isMap } from '../../yaml/yaml-value.ts';
import type { Bind, RowValues, SlotRow, SlotSection } from './bind.ts';
import { section } from './bind.ts';
import { specOf } from './define.ts';
import type { FieldDef } from './define.ts';
import type { FormAbout } from './form.ts';
import { gapBefore, orderOf, pathsOf } from './header.ts';
import { finderSlot } from './lines-slots.ts';
import { blockRegions, lineOf, sectionsOf } from './regions.ts';
import type { Region, Section } from './regions.ts';
import { cutSection } from './spec-sections.ts';
import { mapLines } from './yaml-write.ts';
import { rowMap, yamlSlots } from './yaml-slots.ts';
import { yamlSource } from './yaml-source.ts';

const id: FieldDef = {
  id: 'id',
  label: 'Id',
  help: 'Small letters, digits and hyphens. Runs name the permission by it.',
  type: 'text',
  required: true,
  rules: {
    maxLength: 64,
    pattern: ['[a-z0-9][a-z0-9-]*', 'holds more than small letters, digits and hyphens'],
  },
};
const usd = (key: string, label: string, help: string): FieldDef => ({
  id: key,
  label,
  help,
  type: 'money',
  at: ['constraints', key],
  fallback: 'no limit',
  rules: { min: 0 },
});
const time = ['(?:[01]\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d)?', 'is no time such as 09:00'] as const;
const fields: readonly FieldDef[] = [
  { id: 'granted_by', label: 'Granted by', help: 'Who gave the permission.', type: 'text', required: true },
  {
    id: 'granted_at',
    label: 'Granted on',
    help: 'The day on which it was given.',
    type: 'date',
    required: true,
  },
  { id: 'scope', label: 'For what', help: 'In words, what the agent may do.', type: 'text', required: true },
  {
    id: 'revocation_state',
    label: 'State',
    help: 'Whether it holds. That it has ended follows from its last day.',
    type: 'choice',
    required: true,
    options: [
      ['active', 'Active'],
      ['revoked', 'Revoked'],
    ],
  },
  {
    id: 'expires_at',
    label: 'Last day',
    help: 'The day on which it ends.',
    type: 'date',
    fallback: 'it never ends',
  },
  {
    id: 'revocable_by',
    label: 'May be revoked by',
    help: 'Who can take it back.',
    type: 'text',
    fallback: 'operator',
  },
  {
    id: 'revoked_at',
    label: 'Revoked on',
    help: 'The day on which it was taken back.',
    type: 'date',
    fallback: 'not revoked',
  },
  { id: 'revoked_by', label: 'Revoked by', help: 'Who took it back.', type: 'text', fallback: 'nobody' },
  {
    id: 'revocation_reason',
    label: 'Why it was revoked',
    help: 'The reason in words.',
    type: 'text',
    fallback: 'none',
  },
  {
    id: 'allowed_tools',
    label: 'Tools',
    help: 'It holds for these tools only.',
    type: 'lines',
    at: ['constraints', 'allowed_tools'],
    flow: true,
    fallback: 'all',
  },
  {
    id: 'allowed_targets',
    label: 'Targets',
    help: 'It holds for these addresses or names only. Patterns are written in the text.',
    type: 'lines',
    at: ['constraints', 'allowed_targets'],
    fallback: 'all',
  },
  {
    id: 'blocked_targets',
    label: 'Never for',
    help: 'Addresses or names for which it does not hold.',
    type: 'lines',
    at: ['constraints', 'blocked_targets'],
    fallback: 'none',
  },
  {
    id: 'action_class',
    label: 'Up to class',
    help: 'The class of actions for which it holds.',
    type: 'choice',
    at: ['constraints', 'action_class'],
    options: [
      ['read_only', 'Only reading'],
      ['reversible_write', 'Writing that can be undone'],
      ['external_side_effect', 'Effects outside'],
      ['high_risk', 'High risk'],
    ],
    fallback: 'external_side_effect',
  },
  usd('daily_token_usd', 'Tokens a day', 'Dollars for the model on one day.'),
  usd('monthly_token_usd', 'Tokens a month', 'Dollars for the model in one month.'),
  usd('cumulative_token_usd', 'Tokens in all', 'Dollars for the model as long as it holds.'),
  usd('daily_external_usd', 'Money a day', 'Dollars that actions may move on one day.'),
  usd('monthly_external_usd', 'Money a month', 'Dollars that actions may move in one month.'),
  usd('cumulative_external_usd', 'Money in all', 'Dollars that actions may move as long as it holds.'),
  usd(
    'requires_escalation_above_token_usd',
    'Ask above, for tokens',
    'From this many dollars on a person is asked.',
  ),
  usd(
    'requires_escalation_above_external_usd',
    'Ask above, for money',
    'From this many dollars on a person is asked.',
  ),
  {
    id: 'time_start',
    label: 'From',
    help: 'The time of day (UTC) from which it holds, such as 09:00. It needs an end, too.',
    type: 'text',
    at: ['constraints', 'time_window', 'start'],
    fallback: 'all day',
    rules: { pattern: time },
  },
  {
    id: 'time_end',
    label: 'Until',
    help: 'The time of day (UTC) until which it holds, such as 17:00.',
    type: 'text',
    at: ['constraints', 'time_window', 'end'],
    fallback: 'all day',
    rules: { pattern: time },
  },
  {
    id: 'unconstrained',
    label: 'Without limits',
    help: 'Only with a justification. Otherwise at least one limit is needed.',
    type: 'bool',
    at: ['constraints', 'unconstrained'],
    fallback: 'off',
  },
  {
    id: 'unconstrained_justification',
    label: 'Why without limits',
    help: 'Why no limit is set.',
    type: 'text',
    at: ['constraints', 'unconstrained_justification'],
    fallback: 'none',
  },
];
const meta: readonly FieldDef[] = [
  {
    id: 'per_agent_mandate_policy',
    label: 'Mandates of agents',
    help: 'Whether agents may have mandates of their own.',
    type: 'choice',
    options: [
      ['open', 'All'],
      ['listed', 'Those that are listed'],
      ['forbidden', 'None'],
    ],
    fallback: 'open',
  },
  {
    id: 'allowed_per_agent_ids',
    label: 'Listed mandates',
    help: 'Ids that agents may have.',
    type: 'lines',
    fallback: 'none',
    rules: { pattern: ['[a-z0-9][a-z0-9-]{0,63}', 'holds what is no id of a mandate'] },
  },
];
const order = orderOf(pathsOf([], fields));
const metaOrder = orderOf(pathsOf([], meta));

/** `mandates.md`: a section for each permission, with YAML below (formats/atomic-agents.md §2.19). */
export const mandates: Bind = (text, about) => {
  const all = sectionsOf(text).filter(({ title }) => title !== '');
  const rows: SlotRow[] = [];
  const own: Section[] = [];
  let rules: SlotSection | null = null;
  for (const one of all) {
    const isMeta = one.title === '_meta';
    const region = regionOf(text, one.body);
    const found = yamlSource(text, region, 'python', isMeta ? metaOrder : order, () => ({
      from: 0,
      to: 0,
      text: '',
    }));
    if (!found.ok) {
      return {
        ok: false,
        message: `The YAML of ${one.title} cannot be read: ${found.problem.message}.`,
        line: found.problem.line,
      };
    }
    const { source } = found;
    if (source.value !== null && !isMap(source.value)) {
      return { ok: false, message: `${one.title} holds no keys.`, line: lineOf(text, one.heading.start) };
    }
    if (isMeta) {
      rules = section(
        'meta',
        'For all agents',
        'Which mandates agents may have of their own. Only in the file of the root.',
        yamlSlots(source, [], meta, about),
        null,
        lineOf(text, one.heading.start),
      );
      continue;
    }
    own.push(one);
    rows.push({
      title: one.title,
      line: lineOf(text, one.heading.start),
      slots: [nameSlot(text, one, about), ...yamlSlots(source, [], fields, about)],
      locked: null,
    });
  }
  const table = {
    rowName: 'mandate',
    specs: [id, ...fields].map((def) => specOf(def, about)),
    rows,
    moves: false,
    add: (values: RowValues) => {
      const name = values['id'];
      if (all.some(({ title }) => title === name))
        return fail('exists', `${String(name)} is there already.`, 'Take another id.');
      const yaml = mapLines(rowMap(fields, values), '', { style: 'PLAIN', order: [] });
      const end = text.length;
      return ok([{ from: end, to: end, text: `${gapBefore(text)}## ${String(name)}\n\n${yaml}\n` }]);
    },
    remove: (index: number) => {
      const one = own[index];
      return one === undefined
        ? fail('not-found', 'There is no such mandate.', 'Look again.')
        : ok([cutSection(text, one)]);
    },
    move: () => fail('bad-request', 'Their order has no meaning.', 'Leave it as it is.'),
  };
  const list = section(
    'mandates',
    'Mandates',
    'Standing permissions. Each needs at least one limit that can be enforced.',
    [],
    table,
  );
  return { ok: true, sections: rules === null ? [list] : [list, rules] };
};

/** The YAML of a section: that of its fence, or all of it. Its blank lines stay outside. */
function regionOf(text: string, body: Region): Region {
  const inside = text.slice(body.start, body.end);
  const fenced = blockRegions(inside, true)[0];
  if (fenced !== undefined) return { start: body.start + fenced.start, end: body.start + fenced.end };
  const blank = /^\s*\n/.exec(inside)?.[0].length ?? 0;
  const kept = inside.slice(blank).replace(/\n\s*$/, '\n').length;
  return { start: body.start + blank, end: body.start + blank + kept };
}

function nameSlot(text: string, { title, heading }: Section, about: FormAbout): SlotRow['slots'][number] {
  const start = heading.start + text.slice(heading.start, heading.end).lastIndexOf(title);
  const end = start + title.length;
  return finderSlot(
    text,
    id,
    {
      value: title,
      at: { start, end },
      set: (value) => [{ from: start, to: end, text: String(value) }],
      unset: () => null,
    },
    about,
  );
}
