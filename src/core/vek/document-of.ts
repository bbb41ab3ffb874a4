import { field } from '../json/build.ts';
import type { JsonNode } from '../json/tree.ts';

/** Top-level fields of an input that name the document a call is about; the first that is there counts. */
export const namingFields: readonly string[] = [
  'path',
  'file',
  'file_path',
  'filePath',
  'filepath',
  'filename',
  'target_file',
  'absolute_path',
  'relative_path',
  'notebook_path',
  'doc_path',
  'doc',
  'document',
  'doc_id',
  'document_id',
  'docId',
  'documentId',
  'page_id',
  'record_id',
  'issue_id',
  'ticket_id',
  'task_id',
  'slug',
  'id',
  'key',
  'name',
  'url',
  'uri',
];

/** What a call is about, as its input names it. */
export type NamedDocument = { readonly field: string; readonly text: string };

/** The document that an input names by a text or a whole number at its top level, else null. */
export function documentOf(input: JsonNode | null): NamedDocument | null {
  for (const name of namingFields) {
    const value = field(input, name);
    if (value?.kind === 'string' && value.value !== '') return { field: name, text: value.value };
    if (value?.kind === 'int') return { field: name, text: value.text };
  }
  return null;
}

/** Whether two names are of the same document. */
export function sameDocument(a: NamedDocument, b: NamedDocument): boolean {
  return a.field === b.field && a.text === b.text;
}
