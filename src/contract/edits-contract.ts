import { oc, type } from '@orpc/contract';
import { z } from 'zod';
import type { Draft, SearchAnswer, Template } from './drafts.ts';
import {
  changeSchema,
  changeSetSchema,
  fileEditsSchema,
  sha256,
  type ChangeSet,
  type Edit,
  type EditPlan,
  type FileEdit,
  type FileVersion,
  type PersonaVersion,
} from './edits.ts';
import type { Result } from './failure.ts';
import type { FileMerge } from './file-merge.ts';
import { documentDecisionSchema, type MergeTexts } from './merge.ts';
import { dayText } from './records.ts';

const source = z.string().max(200);
const today = dayText.nullable();
const agent = z.string().max(1_000);
const path = z.string().min(1).max(10_000);
const merge = z.string().max(200);

/** Everything about writing into folders of agents. */
export const editsContract = {
  /** What the runtime would make of texts that are being written, and what they do to prompts. Writes nothing. */
  draft: oc.input(z.object({ source, today, edits: fileEditsSchema })).output(type<Result<Draft>>()),
  /** What would be written. Fails with `conflict` where a file changed since its edit was begun. */
  plan: oc.input(z.object({ source, today, change: changeSchema })).output(type<Result<EditPlan>>()),
  /** Writes a plan made by `plan`. A file that changed since is a `conflict`, and nothing is written. */
  apply: oc.input(z.object({ source, plan: z.string().max(64) })).output(type<Result<Edit>>()),
  /** Every write into this folder, newest first. */
  list: oc.input(z.object({ source })).output(type<Result<readonly Edit[]>>()),
  history: oc.input(z.object({ source, path })).output(type<Result<readonly FileVersion[]>>()),
  /** The text of a kept version of a file; secrets of `mcp.md` are covered. */
  version: oc.input(z.object({ source, path, version: sha256 })).output(type<Result<string>>()),
  /** Edits that are not written yet. */
  sets: oc.input(z.object({ source })).output(type<Result<readonly ChangeSet[]>>()),
  /** Keeps a change set in the app folder; one without edits and with the id `loose` is forgotten. */
  saveSet: oc.input(z.object({ source, set: changeSetSchema })).output(type<Result<ChangeSet>>()),
  dropSet: oc.input(z.object({ source, id: z.string().max(64) })).output(type<Result<null>>()),
  /** What an agent was over time, newest first, with what its runs came to. */
  personaVersions: oc
    .input(z.object({ source, today, agent }))
    .output(type<Result<readonly PersonaVersion[]>>()),
  templates: oc
    .input(z.object({ source, today, agent: agent.nullable() }))
    .output(type<Result<readonly Template[]>>()),
  /** The files that a template makes of a person's answers, by the keys of its fields. Writes nothing. */
  fromTemplate: oc
    .input(
      z.object({
        source,
        today,
        agent: agent.nullable(),
        template: z.string().max(200),
        values: z.record(z.string().max(200), z.string().max(1_000_000)),
      }),
    )
    .output(type<Result<readonly FileEdit[]>>()),
  /** Where a text occurs in the files of an agent (null: of all), letters of either case. */
  search: oc
    .input(z.object({ source, agent: agent.nullable(), text: z.string().min(1).max(4_000) }))
    .output(type<Result<SearchAnswer>>()),
  /** Merges edits with what stands on disk now. */
  mergeOpen: oc.input(z.object({ source, edits: fileEditsSchema })).output(type<Result<FileMerge>>()),
  mergeTexts: oc
    .input(z.object({ source, merge, decision: documentDecisionSchema, limitBytes: z.int().min(1) }))
    .output(type<Result<MergeTexts>>()),
  /** The edits made anew upon what stands on disk. Fails with `conflict` while anything is open. */
  mergeResult: oc
    .input(z.object({ source, merge, decisions: z.array(documentDecisionSchema).max(1_000) }))
    .output(type<Result<readonly FileEdit[]>>()),
};
