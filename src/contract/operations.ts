import { z } from 'zod';
import type { NodeRecord } from './vek.ts';

/** What stands in a store as a hash, or a prefix of one; in a foreign store any text. */
const hash = z.string().max(10_000);
const name = z.string().max(10_000);

/**
 * What a person asks for. `head` says whether HEAD moves to the branch as well. `replace` lets a fork move a branch
 * of that name, as the Python command does; the window never asks for it.
 */
export const actionSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('fork'),
    at: hash,
    name: name.nullable(),
    head: z.boolean(),
    replace: z.boolean().optional(),
  }),
  z.object({ kind: z.literal('create-branch'), name, at: hash.nullable(), head: z.boolean() }),
  z.object({ kind: z.literal('switch'), name }),
  z.object({ kind: z.literal('rename-branch'), from: name, to: name }),
  z.object({ kind: z.literal('delete-branch'), name }),
  z.object({ kind: z.literal('tag'), name, at: hash.nullable() }),
  z.object({ kind: z.literal('untag'), name }),
  /** one merge node on `into`; `resolved` documents stand in its output */
  z.object({ kind: z.literal('merge'), into: name, from: name, resolved: z.int().min(0) }),
  z.object({ kind: z.literal('undo'), operation: z.string().max(64) }),
]);
export type Action = z.infer<typeof actionSchema>;

/** A ref before and after; null means that it does not exist. */
export type RefChange = {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
};

/** The text of the HEAD file before and after; null means that the file does not exist. */
export type HeadChange = { readonly before: string | null; readonly after: string };

/** A node that a plan adds, and its two objects. `fresh`: the object is not in the store yet. */
export type Made = {
  readonly node: NodeRecord;
  readonly objects: readonly {
    readonly role: 'input' | 'output';
    readonly hash: string;
    readonly bytes: number;
    readonly fresh: boolean;
  }[];
};

/** What will be written, exactly. The preview draws it, apply checks every `before` again. */
export type Plan = {
  readonly id: string;
  readonly action: Action;
  /** act and object, such as: Fork “try-retry” from 7d20be19 */
  readonly title: string;
  readonly refs: readonly RefChange[];
  readonly head: HeadChange | null;
  /** the node that is added; null for plans that only move refs */
  readonly makes: Made | null;
  /** calls and objects that only this ref reaches: kept in the trash first, restored by undo */
  readonly keeps: { readonly nodes: number; readonly objects: number } | null;
  readonly warnings: readonly string[];
  readonly madeAtMicros: number;
};

/**
 * `pending`: begun, and no end is recorded yet. `abandoned`: found half done, and others had moved the same refs or
 * HEAD meanwhile, so nothing was touched.
 */
export type OperationState = 'done' | 'undone' | 'rolled-back' | 'completed' | 'abandoned' | 'pending';

/** One write that Vekscope made. `completed` and `rolled-back` were found half done and mended at an opening. */
export type Operation = {
  readonly id: string;
  readonly title: string;
  readonly action: Action;
  readonly refs: readonly RefChange[];
  readonly head: HeadChange | null;
  readonly atMicros: number;
  readonly state: OperationState;
  /** null when it can be undone now, else why not, in words */
  readonly undoBlocked: string | null;
  /** made by this installation; what others recorded is shown and never undone */
  readonly own: boolean;
};
