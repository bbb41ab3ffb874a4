import { createHash } from 'node:crypto';
import type { DocumentRule } from '../../../contract/merge.ts';
import { canonicalText } from '../../json/canonical.ts';
import { get } from '../../json/pointer.ts';
import type { JsonEntry, JsonNode } from '../../json/tree.ts';

/** What names a document among those of its tool, as a value and in canonical form. */
export type Identity = { readonly value: JsonNode; readonly text: string };

/**
 * The document that a call is about under a rule. By fields: an object of those that the input has, by name (a nested
 * one by its pointer). A call whose input has none of them, or can't be read, is a document by itself.
 */
export function identityOf(rule: DocumentRule, input: JsonNode | null, call: string): Identity {
  switch (rule.by) {
    case 'tool':
      return { value: { kind: 'object', entries: [] }, text: '{}' };
    case 'call':
      return byCall(call);
    case 'input':
      return (input === null ? null : identityFrom(input)) ?? byCall(call);
    case 'fields': {
      const entries = input === null ? [] : fieldsOf(rule.pointers, input);
      return (entries.length === 0 ? null : identityFrom({ kind: 'object', entries })) ?? byCall(call);
    }
  }
}

/** An identity from its value; null where it has no canonical form. */
export function identityFrom(value: JsonNode): Identity | null {
  const canonical = canonicalText(value);
  return canonical.ok ? { value, text: canonical.text } : null;
}

function byCall(call: string): Identity {
  const value: JsonNode = {
    kind: 'object',
    entries: [{ key: 'call', value: { kind: 'string', value: call } }],
  };
  return { value, text: `{"call":${JSON.stringify(call)}}` };
}

function fieldsOf(pointers: readonly string[], input: JsonNode): readonly JsonEntry[] {
  const entries = new Map<string, JsonNode>();
  for (const pointer of pointers) {
    const value = get(input, pointer);
    if (value !== undefined) entries.set(fieldName(pointer), value);
  }
  return Array.from(entries, ([key, value]) => ({ key, value }));
}

/** The key of a field in an identity: `/doc` is `doc`; deeper ones stay pointers. */
export function fieldName(pointer: string): string {
  const part = /^\/([^/]*)$/.exec(pointer)?.[1];
  return part === undefined ? pointer : part.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** A key of a map of documents. */
export function documentKey(tool: string, identity: string): string {
  return `${tool}\0${identity}`;
}

/** The name of a document in a repository: the first 16 hex digits of SHA-256 over tool, NUL and canonical identity. */
export function documentId(tool: string, identity: string): string {
  return createHash('sha256').update(documentKey(tool, identity)).digest('hex').slice(0, 16);
}
