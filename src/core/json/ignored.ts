import { distinctEntries, type JsonNode } from './tree.ts';

/** What does not count as a difference between two documents. */
export type IgnoreRules = {
  readonly times: boolean;
  readonly ids: boolean;
  readonly fields: readonly string[];
};

/** Nothing is ignored: equal means equal. */
export const ignoresNothing = ({ times, ids, fields }: IgnoreRules): boolean =>
  !times && !ids && fields.length === 0;

/** Levels of nesting in which fields are looked for; what lies deeper counts as it is. */
const MAX_DEPTH = 200;

/**
 * Fields that hold a moment or a length of time, whatever their value. A `date` without a time of day is content (of a
 * trip, of an invoice) and counts; `timeout` is a setting and counts. Written `created_at`, `createdAt` or `created-at`.
 */
const TIME_FIELDS: ReadonlySet<string> = new Set([
  'time',
  'timestamp',
  'timestamps',
  'ts',
  'datetime',
  'created',
  'updated',
  'modified',
  'mtime',
  'ctime',
  'atime',
  'now',
  'duration',
  'elapsed',
  'latency',
  'took',
  'seconds',
  'runtime',
  'uptime',
]);
const TIME_ENDS = /(?:^|_)(?:at|time|timestamp|ts|datetime)$/;
const SPAN =
  /(?:^|_)(?:duration|elapsed|latency|took|time)(?:_(?:ns|us|ms|s|sec|secs|seconds|micros|millis|nanos))?$/;

/** Fields that hold a name made anew for each request, whatever their value. */
const ID_FIELDS: ReadonlySet<string> = new Set([
  'uuid',
  'guid',
  'nonce',
  'etag',
  'system_fingerprint',
  ...[
    'request',
    'response',
    'trace',
    'span',
    'run',
    'session',
    'thread',
    'call',
    'tool_call',
    'tool_use',
  ].map((what) => `${what}_id`),
  ...[
    'message',
    'event',
    'conversation',
    'correlation',
    'invocation',
    'execution',
    'completion',
    'batch',
  ].map((what) => `${what}_id`),
  'x_request_id',
]);
const ID_ENDS = /(?:^|_)(?:id|ids|uuid|guid)$/;

/** A moment with a time of day: `2026-11-20T14:41:08.2Z`, `2026-11-20 14:41`, `20 Nov 2026 14:41:08 GMT`. */
const ISO_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?$/i;
const HTTP_TIME =
  /^(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d(?: ?(?:GMT|UTC|[+-]\d{4}))?$/;

const UUID = /^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/i;
/** `chatcmpl-9xKp…`, `toolu_01A09q90qw90lq917835`: a short word and many letters and digits in no order. */
const PREFIXED = /^[a-z]{2,12}[-_](?=[a-z]*[0-9A-Z])[0-9A-Za-z]{12,}$/;
const LONG_HEX = /^[0-9a-f]{16,}$/i;
const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/i;
const MIXED = /^(?=.*[0-9])(?=.*[a-z])(?=.*[A-Z])[0-9A-Za-z_-]{16,}$/;

/** Names whose spelling is remembered: documents of one kind have few, and hostile ones must not fill the memory. */
const MOST_NAMES = 5_000;
const spellings = new Map<string, string>();

/** A field's name in one spelling: `createdAt`, `created-at` and `CREATED_AT` are `created_at`. */
function spelled(name: string): string {
  const known = spellings.get(name);
  if (known !== undefined) return known;
  const word = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/[-. ]/g, '_')
    .toLowerCase();
  if (spellings.size < MOST_NAMES) spellings.set(name, word);
  return word;
}

/** Whether a field of this name holds a time or a duration. */
export function isTimeField(name: string): boolean {
  if (name.length > 64) return false;
  const word = spelled(name);
  return TIME_FIELDS.has(word) || TIME_ENDS.test(word) || SPAN.test(word);
}

/** Whether a text is a moment with a time of day. */
export function isTimeValue(text: string): boolean {
  return text.length >= 16 && text.length <= 40 && (ISO_TIME.test(text) || HTTP_TIME.test(text));
}

/** Whether a field of this name with this value is an id made anew each time. */
export function isIdField(name: string, value: JsonNode): boolean {
  if (name.length > 64) return false;
  const word = spelled(name);
  if (ID_FIELDS.has(word)) return value.kind === 'string' || value.kind === 'int' || value.kind === 'null';
  if (!ID_ENDS.test(word)) return false;
  if (value.kind === 'int') return value.text.length >= 10;
  return value.kind === 'string' && looksRandom(value.value);
}

/** Whether a text is a UUID, which is an id wherever it stands. */
export const isIdValue = (text: string): boolean => text.length <= 38 && UUID.test(text);

/** A text that no person chose, as far as its form tells; asked only of fields that are named as ids. */
function looksRandom(text: string): boolean {
  if (text.length < 16 || text.length > 200) return false;
  return UUID.test(text) || ULID.test(text) || LONG_HEX.test(text) || PREFIXED.test(text) || MIXED.test(text);
}

const TIME: JsonNode = { kind: 'string', value: '\u0000time' };
const ID: JsonNode = { kind: 'string', value: '\u0000id' };

/**
 * A document without what is ignored, to be compared and nothing else. Fields that are ignored by their name are left
 * out, so that it does not matter whether they are there: those of `fields` (the exact name, at any depth), with
 * `times` those that are named as times and durations, with `ids` those that hold ids. Values that are ignored by their
 * form (moments with a time of day, UUIDs) stay as a mark, so that their place counts. The very node where nothing is.
 */
export function withoutIgnored(node: JsonNode, rules: IgnoreRules): JsonNode {
  return ignoresNothing(rules) ? node : without(node, rules, new Set(rules.fields), 0);
}

/** Whether a field is left out of comparisons, by its name and perhaps its value. */
export function isIgnoredField(
  name: string,
  value: JsonNode,
  { times, ids }: IgnoreRules,
  fields: ReadonlySet<string>,
): boolean {
  if (fields.has(name)) return true;
  // An object that is called `time` is looked into: what varies in it has a name too.
  const scalar = value.kind !== 'object' && value.kind !== 'array';
  return (times && scalar && isTimeField(name)) || (ids && isIdField(name, value));
}

function without(node: JsonNode, rules: IgnoreRules, fields: ReadonlySet<string>, depth: number): JsonNode {
  switch (node.kind) {
    case 'string':
      if (rules.times && isTimeValue(node.value)) return TIME;
      return rules.ids && isIdValue(node.value) ? ID : node;
    case 'array': {
      if (depth >= MAX_DEPTH) return node;
      const items = node.items.map((item) => without(item, rules, fields, depth + 1));
      return items.every((item, i) => item === node.items[i]) ? node : { kind: 'array', items };
    }
    case 'object': {
      if (depth >= MAX_DEPTH) return node;
      const distinct = distinctEntries(node.entries);
      let same = distinct === node.entries;
      const entries = distinct.flatMap((entry) => {
        if (isIgnoredField(entry.key, entry.value, rules, fields)) {
          same = false;
          return [];
        }
        const value = without(entry.value, rules, fields, depth + 1);
        if (value === entry.value) return [entry];
        same = false;
        return [{ key: entry.key, value }];
      });
      return same ? node : { kind: 'object', entries };
    }
    default:
      return node;
  }
}
