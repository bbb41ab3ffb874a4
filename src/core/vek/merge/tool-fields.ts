import { field } from '../../json/build.ts';
import type { JsonEntry, JsonNode } from '../../json/tree.ts';
import { namingFields } from '../document-of.ts';

/** Pointers offered for one tool; more are no help. */
const OFFERED = 24;
/** Characters of a value that could name a document. */
const NAME_CHARS = 1_000;
/** Fields of one object that are looked at. */
const FIELDS = 64;

/** Keys under which a wrapper of calls keeps the arguments themselves. */
const wrappers = ['kwargs', 'arguments', 'args', 'input', 'params', 'parameters', 'tool_input'];

/** What the inputs of calls of one tool have in common. */
export type ToolFields = {
  /** adds the input of one call; null where it can't be read */
  add(input: JsonNode | null): void;
  /** inputs that could be read */
  count(): number;
  /** a field that every input has, directly or within the same wrapper, with a value that could name something */
  everywhere(name: string): boolean;
  /** the first of these fields that every input has */
  first(names: readonly string[]): string | null;
  /** the pointer of a field */
  pointer(name: string): string;
  /** for inputs of which no field is in all: pointers of the first naming field of each, and how many have none */
  mixed(): { readonly pointers: readonly string[]; readonly without: number };
  /** the name of what a wrapper calls, where every input has one */
  wrapped(): string | null;
  /** pointers of values that could name a document, in every input; names of documents first */
  candidates(): readonly string[];
};

/** Starts to collect. */
export function collectFields(): ToolFields {
  const counts = new Map<string, number>();
  const firstNames = new Map<string, number>();
  let readable = 0;
  const wrapper = { prefix: null as string | null };

  const add = (input: JsonNode | null): void => {
    if (input === null) return;
    readable += 1;
    const prefix = wrapperOf(input);
    wrapper.prefix = wrapper.prefix === null || wrapper.prefix === prefix ? prefix : '';
    for (const pointer of namesIn(input)) counts.set(pointer, (counts.get(pointer) ?? 0) + 1);
    const args = prefix === '' ? input : field(input, prefix.slice(1))!;
    const name = namingFields.find((each) => couldName(field(args, each)));
    if (name !== undefined) {
      const pointer = `${prefix}/${name}`;
      firstNames.set(pointer, (firstNames.get(pointer) ?? 0) + 1);
    }
  };

  const pointer = (name: string): string => `${wrapper.prefix ?? ''}/${escaped(name)}`;
  const everywhere = (name: string): boolean => readable > 0 && counts.get(pointer(name)) === readable;
  return {
    add,
    count: () => readable,
    everywhere,
    first: (names) => names.find(everywhere) ?? null,
    pointer,
    mixed: () => {
      const named = Array.from(firstNames.values()).reduce((sum, count) => sum + count, 0);
      return { pointers: [...firstNames.keys()].slice(0, 8), without: readable - named };
    },
    wrapped: () => {
      if (wrapper.prefix === null || wrapper.prefix === '') return null;
      return ['/name', '/tool', '/function', '/method'].find((each) => counts.get(each) === readable) ?? null;
    },
    candidates: () => {
      const all = [...counts].flatMap(([each, count]) => (count === readable ? [each] : []));
      return all.sort((a, b) => rank(a) - rank(b)).slice(0, OFFERED);
    },
  };
}

/** Where a pointer stands among those offered. */
function rank(pointer: string): number {
  const at = namingFields.indexOf(pointer.slice(pointer.lastIndexOf('/') + 1));
  return at < 0 ? namingFields.length : at;
}

/** `/kwargs` for `{"args":[],"kwargs":{…}}`, empty where the arguments are the input itself. */
function wrapperOf(input: JsonNode): string {
  const named = namingFields.some(
    (name) => name !== 'name' && name !== 'id' && couldName(field(input, name)),
  );
  if (named) return '';
  const key = wrappers.find((each) => {
    const value = field(input, each);
    return value?.kind === 'object' && value.entries.length > 0;
  });
  return key === undefined ? '' : `/${key}`;
}

/** Pointers of the fields, and of those one level below, whose values could name something. */
function namesIn(input: JsonNode): ReadonlySet<string> {
  const found = new Set<string>();
  const walk = (entries: readonly JsonEntry[], prefix: string): void => {
    for (const { key, value } of entries.slice(0, FIELDS)) {
      const pointer = `${prefix}/${escaped(key)}`;
      if (pointer.length > NAME_CHARS) continue;
      if (couldName(value)) found.add(pointer);
      else if (value.kind === 'object' && prefix === '') walk(value.entries, pointer);
    }
  };
  if (input.kind === 'object') walk(input.entries, '');
  return found;
}

function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** A text that is not empty, or a whole number. */
function couldName(value: JsonNode | undefined): boolean {
  return (
    value?.kind === 'int' ||
    (value?.kind === 'string' && value.value !== '' && value.value.length <= NAME_CHARS)
  );
}
