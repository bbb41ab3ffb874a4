import type { Action, HeadChange, RefChange } from '../../../contract/operations.ts';
import type { ActionForm } from '../../state/action-form.ts';
import { shortHash } from '../../ui/format.ts';

/** What the person has filled in. */
export type Fields = { readonly name: string; readonly head: boolean };

/** The fields as an action form opens with. HEAD never moves unless asked for. */
export function firstFields(form: ActionForm): Fields {
  const name = 'name' in form && needsName(form) ? (form.name ?? '') : '';
  return { name: form.kind === 'rename-branch' ? form.from : name, head: false };
}

/** Whether the form asks for a name. */
export const needsName = (form: ActionForm): boolean =>
  form.kind === 'fork' ||
  form.kind === 'create-branch' ||
  form.kind === 'rename-branch' ||
  form.kind === 'tag';

/** Whether the form offers to switch HEAD. */
export const offersHead = (form: ActionForm): boolean =>
  form.kind === 'fork' || form.kind === 'create-branch';

/** The action to plan, or null while a needed name is missing. */
export function actionOf(form: ActionForm, fields: Fields): Action | null {
  const { name, head } = fields;
  switch (form.kind) {
    case 'fork':
      return { kind: 'fork', at: form.at, name: name === '' ? null : name, head };
    case 'create-branch':
      return name === '' ? null : { kind: 'create-branch', name, at: form.at, head };
    case 'rename-branch':
      return name === '' || name === form.from ? null : { kind: 'rename-branch', from: form.from, to: name };
    case 'tag':
      return name === '' ? null : { kind: 'tag', name, at: form.at };
    case 'switch':
    case 'delete-branch':
    case 'untag':
      return { kind: form.kind, name: form.name };
    case 'undo':
      return { kind: 'undo', operation: form.operation };
    default:
      return form satisfies never;
  }
}

/** Act and object, for the dialog's title. */
export function titleOf(form: ActionForm): string {
  switch (form.kind) {
    case 'fork':
      return `Fork from ${shortHash(form.at)}`;
    case 'create-branch':
      return form.at === null ? 'New branch at HEAD' : `New branch at ${shortHash(form.at)}`;
    case 'rename-branch':
      return `Rename ${form.from}`;
    case 'tag':
      return form.at === null ? 'Tag the newest call of HEAD' : `Tag ${shortHash(form.at)}`;
    case 'switch':
      return `Switch HEAD to ${form.name}`;
    case 'delete-branch':
      return `Delete branch ${form.name}`;
    case 'untag':
      return `Remove tag ${form.name}`;
    case 'undo':
      return undoTitle(form.title);
    default:
      return form satisfies never;
  }
}

/** What undoing an operation of this title is called: the undo of an undo does the first one again. */
export function undoTitle(title: string): string {
  if (title.startsWith('Undo: ')) return `Redo: ${title.slice(6)}`;
  return title.startsWith('Redo: ') ? `Undo: ${title.slice(6)}` : `Undo: ${title}`;
}

/** The verb on the button that writes. */
export function verbOf(form: ActionForm): string {
  switch (form.kind) {
    case 'fork':
      return 'Fork from here';
    case 'create-branch':
      return 'Create branch';
    case 'rename-branch':
      return 'Rename branch';
    case 'tag':
      return 'Write tag';
    case 'switch':
      return 'Switch HEAD';
    case 'delete-branch':
      return 'Delete branch';
    case 'untag':
      return 'Remove tag';
    case 'undo':
      return form.title.startsWith('Undo: ') ? 'Redo' : 'Undo';
    default:
      return form satisfies never;
  }
}

/** A ref change in words: `try-retry is new at 7d20be19`. */
export function refWords(change: RefChange): string {
  if (change.before === null && change.after === null) return `${change.name} stays absent`;
  if (change.before === null) return `${change.name} is new at ${shortHash(change.after ?? '')}`;
  if (change.after === null) return `${change.name} is gone, was ${shortHash(change.before)}`;
  return `${change.name} moved from ${shortHash(change.before)} to ${shortHash(change.after)}`;
}

/** The HEAD file's text for reading: without `ref: `, line breaks made visible. */
export function headText(text: string | null): string {
  if (text === null) return 'no HEAD';
  const name = text.trim().replace(/^ref: /, '');
  return name === '' ? '(empty)' : name.replaceAll('\n', '⏎');
}

/** A HEAD change in words. */
export const headWords = (change: HeadChange): string =>
  `HEAD moved from ${headText(change.before)} to ${headText(change.after)}`;

/** Everything that an operation changed, in one line. */
export const changeWords = (refs: readonly RefChange[], head: HeadChange | null): string =>
  [...refs.map(refWords), ...(head === null ? [] : [headWords(head)])].join(', ');
