import { isAlias, isMap as isMapNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Document, ErrorCode, Node, Pair, Scalar, YAMLMap } from 'yaml';
import { limits } from '../storage/limits.ts';
import { oddity } from './yaml-oddity.ts';
import { plainValue, taggedValue } from './yaml-scalar.ts';
import { readSimple } from './yaml-simple.ts';
import { isDate } from './yaml-value.ts';
import type { YamlValue } from './yaml-value.ts';

/** Why a text is no YAML that the runtime reads. `line` from 1 within the text. */
export type YamlProblem = {
  readonly message: string;
  readonly line: number;
  /** Python raises an error that callers which expect bad YAML do not catch */
  readonly crash?: true;
};

/** A read text; `lines` are the lines (from 1) on which the keys of the top mapping stand. */
export type YamlReading =
  | { readonly ok: true; readonly value: YamlValue; readonly lines: ReadonlyMap<string, number> }
  | { readonly ok: false; readonly problem: YamlProblem };

/** Headers are read by libyaml, settings by PyYAML's own parser, which takes no tabs outside of texts. */
export type YamlLoader = 'python' | 'libyaml';

/**
 * Reads YAML as Python's `yaml.safe_load` does: YAML 1.1, a repeated key keeps its last value, dates are dates
 * (formats/atomic-agents.md §2). Aliases that unfold beyond `limits.yamlNodes` are refused.
 */
export function readYaml(text: string, loader: YamlLoader = 'python'): YamlReading {
  const refused = unreadable(text);
  if (refused !== null) return { ok: false, problem: refused };
  const simple = readSimple(text);
  if (simple !== null) return { ok: true, ...simple };
  return readWhole(text, loader);
}

/** The same by the whole parser. */
export function readWhole(text: string, loader: YamlLoader): YamlReading {
  const counter = new LineCounter();
  // several ends in a row are one to Python
  const document = parseDocument(text.replace(/\n\.\.\. *(?:\n+\.\.\. *)+\n*$/, '\n...'), {
    version: '1.1',
    schema: 'failsafe',
    uniqueKeys: false,
    prettyErrors: false,
    lineCounter: counter,
    logLevel: 'error',
  });
  const error = document.errors[0];
  if (error !== undefined) {
    const line = counter.linePos(error.pos[0]).line;
    return { ok: false, problem: { message: words(error.code, text, line, error.message), line } };
  }
  const odd = oddity(document, text, counter, loader);
  if (odd !== null) return { ok: false, problem: odd };
  const maker = new Maker(document, counter, text);
  const value = document.contents === null ? null : maker.value(document.contents, 0);
  if (maker.problem !== null) return { ok: false, problem: maker.problem };
  return { ok: true, value, lines: keyLines(document.contents, counter) };
}

/** PyYAML's reader takes printable characters only. */
function unreadable(text: string): YamlProblem | null {
  if (text.length > limits.yamlChars) {
    return { message: `It is longer than the ${limits.yamlChars} characters that are read as YAML`, line: 1 };
  }
  const at = text.search(/[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
  if (at === -1) return null;
  const code = text.codePointAt(at)!.toString(16).toUpperCase().padStart(4, '0');
  return {
    message: `It holds the character U+${code}, which YAML does not allow`,
    line: text.slice(0, at).split('\n').length,
  };
}

function keyLines(node: Node | null, counter: LineCounter): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  if (!isMapNode(node)) return lines;
  for (const { key } of node.items) {
    if (isScalar(key) && key.range) lines.set(String(key.value), counter.linePos(key.range[0]).line);
  }
  return lines;
}

/** Makes values of nodes, as PyYAML's safe constructor does. The first problem stands. */
class Maker {
  problem: YamlProblem | null = null;
  private level = Infinity;
  private made = 0;
  private readonly document: Document;
  private readonly counter: LineCounter;

  private readonly text: string;

  constructor(document: Document, counter: LineCounter, text: string) {
    this.document = document;
    this.counter = counter;
    this.text = text;
  }

  value(node: unknown, depth: number): YamlValue {
    this.made++;
    if (this.made > limits.yamlNodes || depth > limits.yamlDepth) {
      return this.fail(node, -1, 'Its aliases or nested values unfold to more than is read');
    }
    if (isAlias(node)) {
      const target = node.resolve(this.document);
      if (target === undefined) return this.fail(node, -1, `The alias *${node.source} names no anchor`);
      return this.value(target, depth + 1);
    }
    if (isScalar(node)) return this.scalar(node, depth);
    if (isSeq(node)) {
      if (node.tag !== undefined && !node.tag.endsWith(':seq')) return this.badTag(node, depth, node.tag);
      return node.items.map((item) => this.value(item, depth + 1));
    }
    if (isMapNode(node)) {
      if (node.tag !== undefined && !node.tag.endsWith(':map')) return this.badTag(node, depth, node.tag);
      return this.mapping(node, depth);
    }
    return null;
  }

  private scalar(node: Scalar, depth: number): YamlValue {
    const text = this.blockEnd(node, typeof node.value === 'string' ? node.value : (node.source ?? ''));
    const tag = node.tag;
    const read =
      tag === undefined || tag === 'tag:yaml.org,2002:str'
        ? node.type === 'PLAIN' && tag === undefined
          ? plainValue(text)
          : text
        : taggedValue(tag, text);
    if (typeof read === 'object' && read !== null && 'problem' in read) {
      return this.fail(node, depth, read.problem, read.crash);
    }
    return read;
  }

  /** A block text at the very end has only the line breaks that are there. */
  private blockEnd(node: Scalar, value: string): string {
    const { type, range } = node;
    if ((type !== 'BLOCK_LITERAL' && type !== 'BLOCK_FOLDED') || !range) return value;
    const atEnd = range[1] >= this.text.length && !this.text.endsWith('\n');
    return atEnd && value.endsWith('\n') ? value.slice(0, -1) : value;
  }

  private mapping(node: YAMLMap, depth: number): YamlValue {
    const made = new Map<YamlValue, YamlValue>();
    // keys that Python holds for equal: 1, 1.0 and true; the first one stays
    const known = new Map<string, YamlValue>();
    for (const { key, value } of this.flat(node, depth)) {
      const name = this.value(key, depth + 1);
      if (typeof name === 'object' && name !== null && (Array.isArray(name) || name instanceof Map)) {
        return this.fail(key, depth + 1, 'A list or a mapping cannot be a key');
      }
      const same = sameKey(name);
      const held = known.get(same) ?? name;
      known.set(same, held);
      made.set(held, this.value(value, depth + 1));
    }
    return made;
  }

  /** The pairs with what `<<` merges in standing first. */
  private flat(node: YAMLMap, depth: number): readonly Pair[] {
    const own: Pair[] = [];
    const merged: Pair[] = [];
    for (const pair of node.items) {
      const { key } = pair;
      if (!isScalar(key) || key.value !== '<<' || key.type !== 'PLAIN') {
        own.push(pair);
        continue;
      }
      const from = this.target(pair.value);
      const all = isSeq(from) ? from.items.map((item) => this.target(item)).reverse() : [from];
      for (const one of all) {
        if (!isMapNode(one)) this.fail(pair.value, depth + 1, 'Only mappings can be merged with <<');
        else if (depth > limits.yamlDepth) this.fail(one, -1, 'Its merges go too deep');
        else merged.push(...this.flat(one, depth + 1));
      }
    }
    return merged.length === 0 ? own : [...merged, ...own];
  }

  private target(node: unknown): unknown {
    return isAlias(node) ? node.resolve(this.document) : node;
  }

  private badTag(node: unknown, depth: number, tag: string): null {
    return this.fail(node, depth, `The tag ${tag} is not one that is read safely`);
  }

  /** Python makes values level by level, so that a problem further out is met first. */
  private fail(node: unknown, depth: number, message: string, crash?: true): null {
    if (depth >= this.level) return null;
    this.level = depth;
    const range = (node as { range?: readonly [number, number, number] | null } | null)?.range;
    const line = range ? this.counter.linePos(range[0]).line : 1;
    this.problem = crash === true ? { message, line, crash } : { message, line };
    return null;
  }
}

/** Equal for keys that Python holds for equal. */
function sameKey(key: YamlValue): string {
  if (typeof key === 'boolean') return `n${key ? 1 : 0}`;
  if (typeof key === 'bigint' || typeof key === 'number') return `n${key}`;
  return isDate(key) ? `d${key.text}` : `s${String(key)}`;
}

/** What the first error means, for a person who edits the file. */
function words(code: ErrorCode, text: string, line: number, raw: string): string {
  const source = text.split('\n')[line - 1] ?? '';
  const colon = /^\s*(?:- +)?([^\s:#'"[{][^:]*):\s+(?!['"[{|>&*!])[^#]*?:(?:\s|$)/.exec(source);
  if (colon !== null && (code === 'BLOCK_AS_IMPLICIT_KEY' || code === 'MULTILINE_IMPLICIT_KEY')) {
    return `The value of ${colon[1]} holds an unquoted “: ”, which YAML reads as another key. Put the value in quotes`;
  }
  switch (code) {
    case 'TAB_AS_INDENT':
      return 'A tab is used for indentation; YAML wants blanks';
    case 'MULTIPLE_DOCS':
      return 'A second document begins with ---; only one is read';
    case 'MISSING_CHAR':
      return `A quote or bracket is not closed (${raw})`;
    case 'BAD_INDENT':
      return `The indentation does not fit (${raw})`;
    default:
      return raw.replace(/\s+at line \d+.*$/s, '');
  }
}
