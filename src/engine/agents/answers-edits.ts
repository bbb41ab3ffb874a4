import type { Edit, EditPlan } from '../../contract/edits.ts';
import { draftOf } from '../../core/agents/edit/draft.ts';
import { editContext, type EditContext } from '../../core/agents/edit/context.ts';
import { openFileMerge, type OpenFileMerge } from '../../core/agents/edit/merge.ts';
import { planChange } from '../../core/agents/edit/plan.ts';
import { searchFiles } from '../../core/agents/edit/search.ts';
import { fromTemplate, templatesFor } from '../../core/agents/edit/templates.ts';
import { personaVersions } from '../../core/agents/persona-versions.ts';
import { openFolder, type AgentFolder } from '../../core/agents/folder.ts';
import { unknownAgent } from '../../core/agents/unknown.ts';
import { applyEdit } from '../../core/agents/write/apply.ts';
import { fileHistory, versionText } from '../../core/agents/write/history.ts';
import { listEdits } from '../../core/agents/write/record.ts';
import { dropSet, listSets, saveSet } from '../../core/agents/write/sets.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { createLatest } from '../latest.ts';
import type { WithScene } from './answers.ts';
import type { Scene } from './scene.ts';
import type { AgentsSession } from './session.ts';

/** Plans and merges that were made and not finished; older ones are asked for again. */
const KEPT = 32;

type Hear = {
  /** files of the root were written */
  wrote(paths: readonly string[]): void;
  /** the record or a change set is another one */
  edits(): void;
};

/** Everything about writing into a root, upon what stands on disk at that moment. */
export function answersAboutEdits(withScene: WithScene, dataDir: string, hear: Hear): AgentsSession['edits'] {
  const plans = createLatest<EditPlan>(KEPT);
  const merges = createLatest<OpenFileMerge>(KEPT);
  // what was read is read again only where `stat` says that it changed
  let folder: AgentFolder | null = null;
  const folderOf = ({ root }: Scene): AgentFolder => {
    if (folder?.root !== root) folder = openFolder(root);
    return folder;
  };
  const withContext = <T>(
    today: string | null,
    answer: (ctx: EditContext, scene: Scene) => Result<T> | Promise<Result<T>>,
  ): Promise<Result<T>> =>
    withScene((scene) => answer(editContext(scene.root, dataDir, today, 'window', folderOf(scene)), scene));
  const told = <T>(result: Result<T>): Result<T> => {
    if (result.ok) hear.edits();
    return result;
  };
  const mergeOf = (id: string): Result<OpenFileMerge> => {
    const merge = merges.get(id);
    if (merge !== null) return ok(merge);
    return fail('conflict', 'This merge was made for other texts.', 'Open it again; nothing was written.');
  };

  return {
    draft: ({ today, edits }) =>
      withContext(today, (ctx, { folder: seen, tables }) => draftOf({ ...ctx, folder: seen }, edits, tables)),
    plan: ({ today, change }) =>
      withContext(today, (ctx) => {
        const plan = planChange(ctx, change);
        if (plan.ok) plans.keep(plan.value.id, plan.value);
        return plan;
      }),
    apply: ({ plan: id }) =>
      withContext<Edit>(null, (ctx) => {
        const plan = plans.get(id);
        if (plan === null)
          return fail('conflict', 'This plan is no longer known.', 'Look at the change again and save it.');
        const edit = applyEdit(ctx, plan);
        if (edit.ok) {
          plans.drop(id);
          hear.wrote(edit.value.files.map(({ path }) => path));
        }
        return told(edit);
      }),
    list: () => withContext(null, (ctx) => listEdits(ctx)),
    history: ({ path }) => withContext(null, (ctx) => fileHistory(ctx, path)),
    version: ({ path, version }) => withContext(null, (ctx) => versionText(ctx, path, version)),
    sets: () => withContext(null, (ctx) => listSets(ctx)),
    saveSet: ({ set }) => withContext(null, (ctx) => told(saveSet(ctx, set))),
    dropSet: ({ id }) => withContext(null, (ctx) => told(dropSet(ctx, id))),
    personaVersions: ({ today, agent }) =>
      withContext(today, (ctx, scene) => {
        return unknownAgent(scene.root, agent) ?? personaVersions(ctx, scene.tables, agent);
      }),
    templates: ({ today, agent }) => withContext(today, (ctx) => templatesFor(ctx, agent)),
    fromTemplate: ({ today, agent, template, values }) =>
      withContext(today, (ctx) => fromTemplate(ctx, agent, template, new Map(Object.entries(values)))),
    search: ({ agent, text }) =>
      withContext(null, (ctx, { folder: seen }) => searchFiles({ ...ctx, folder: seen }, agent, text)),
    mergeOpen: ({ edits }) =>
      withContext(null, (ctx) => {
        const merge = openFileMerge(ctx, edits);
        if (!merge.ok) return merge;
        merges.keep(merge.value.open.merge, merge.value);
        return ok(merge.value.open);
      }),
    mergeTexts: ({ merge, decision, limitBytes }) => {
      const open = mergeOf(merge);
      return open.ok ? open.value.texts(decision, limitBytes) : open;
    },
    mergeResult: ({ merge, decisions }) => {
      const open = mergeOf(merge);
      return open.ok ? open.value.result(decisions) : open;
    },
  };
}
