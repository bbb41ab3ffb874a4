import type { Template } from '../../../contract/drafts.ts';
import type { FileEdit } from '../../../contract/edits.ts';
import { fail, ok, type Result } from '../../result.ts';
import type { EditContext } from './context.ts';
import { agentTemplates } from './template-agent.ts';
import { goalTemplates } from './template-goals.ts';
import { governingTemplates } from './template-governing.ts';
import { editsOf } from './template-model.ts';
import type { TemplatePlace, TemplateRule } from './template-model.ts';
import { noteTemplates } from './template-notes.ts';
import { settingsTemplates } from './template-settings.ts';
import { skillTemplates } from './template-skills.ts';

const ALL: readonly TemplateRule[] = [
  ...noteTemplates,
  ...goalTemplates,
  ...skillTemplates,
  ...agentTemplates,
  ...settingsTemplates,
  ...governingTemplates,
];

/** What can be made for an agent (null: for the root), by the kinds that a person writes (formats/atomic-agents.md §1). */
export function templatesFor(ctx: EditContext, agent: string | null): Result<readonly Template[]> {
  const place = placeFor(ctx, agent);
  if (!place.ok) return place;
  const on = agent === null ? 'root' : 'agent';
  return ok(
    ALL.filter((rule) => rule.on === on).map((rule) => ({
      id: rule.id,
      title: rule.title,
      about: rule.about,
      group: rule.group,
      fields: rule.fields(place.value).map(({ key, label, help, type, options, required, value }) => ({
        key,
        label,
        help,
        type,
        options,
        required,
        value,
      })),
      blocked: rule.blocked(place.value),
    })),
  );
}

/** The files that a template makes of a person's answers. Problems are lines of “Label: words”. */
export function fromTemplate(
  ctx: EditContext,
  agent: string | null,
  template: string,
  values: ReadonlyMap<string, string>,
): Result<readonly FileEdit[]> {
  const place = placeFor(ctx, agent);
  if (!place.ok) return place;
  const on = agent === null ? 'root' : 'agent';
  const rule = ALL.find((one) => one.id === template && one.on === on);
  if (rule === undefined)
    return fail('not-found', `There is no template ${template} here.`, 'Choose another one.');
  return editsOf(rule, place.value, values);
}

function placeFor({ folder, today }: EditContext, agent: string | null): Result<TemplatePlace> {
  if (agent !== null && folder.root.single !== agent && !folder.has(folder.pathOf(agent, ''))) {
    return fail('not-found', `There is no agent ${agent}.`, 'It may have been moved or deleted meanwhile.');
  }
  const path = (file: string): string =>
    agent === null ? (folder.sharedPath(file) ?? file) : folder.pathOf(agent, file);
  return ok({ folder, agent, today, path });
}
