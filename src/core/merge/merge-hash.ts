import { pythonFloat } from '../json/canonical.ts';
import { distinctEntries, type JsonArray, type JsonNode, type JsonObject } from '../json/tree.ts';
import { hasDuplicates, sameValue } from './merge-same.ts';

/** Gives equal values the same number, from 0. */
export type Classes = (node: JsonNode) => number;

/** Values with one hash that are told apart by comparing; only an attack makes more, and gets a worse alignment. */
const MAX_CHAIN = 64;

/** Makes a numbering of values; its numbers mean nothing to another one. Values of any depth. */
export function createClasses(): Classes {
  let count = 0;
  const texts = new Map<string, number>();
  const integers = new Map<string, number>();
  const floats = new Map<string, number>();
  const words = new Map<string, number>();
  const containers = containerClasses(() => count++);
  const of = (known: Map<string, number>, text: string): number => {
    let number = known.get(text);
    if (number === undefined) known.set(text, (number = count++));
    return number;
  };
  const ofFloat = (text: string): number => {
    let number = floats.get(text);
    if (number === undefined) floats.set(text, (number = of(floats, pythonFloat(Number(text)))));
    return number;
  };
  return (node) => {
    switch (node.kind) {
      case 'string':
        return of(texts, node.value);
      case 'int':
        return of(integers, node.text === '-0' ? '0' : node.text);
      case 'float':
        return ofFloat(node.text);
      case 'null':
        return of(words, 'null');
      case 'bool':
        return of(words, node.value ? 'true' : 'false');
      default:
        return containers(node);
    }
  };
}

/** Numbers of arrays and objects, by hash and then by comparing. */
function containerClasses(newNumber: () => number): (node: Container) => number {
  const hashes = new Map<JsonNode, number>();
  const first = new Map<number, Known>();
  return (node) => {
    const hash = hashOf(node, hashes);
    let known = first.get(hash);
    let length = 0;
    for (let at = known; at !== undefined; at = at.next) {
      if (sameValue(at.node, node)) return at.number;
      known = at;
      length += 1;
    }
    const added: Known = { node, number: newNumber(), next: undefined };
    if (known === undefined) first.set(hash, added);
    else if (length < MAX_CHAIN) known.next = added;
    return added.number;
  };
}

type Known = { readonly node: JsonNode; readonly number: number; next: Known | undefined };

/** A 32-bit number that equal containers share. Those of containers of containers are kept in `known`. */
function hashOf(root: Container, known: Map<JsonNode, number>): number {
  if (isFlat(root)) return containerHash(root, known);
  const done = known.get(root);
  if (done !== undefined) return done;
  const open: Container[] = [root];
  let hash = 0;
  for (let node = open.at(-1); node !== undefined; node = open.at(-1)) {
    if (openParts(node, known, open)) continue;
    hash = containerHash(node, known);
    known.set(node, hash);
    open.pop();
  }
  return hash;
}

type Container = JsonArray | JsonObject;

const isContainer = (node: JsonNode): node is Container => node.kind === 'array' || node.kind === 'object';

/** Whether a container holds no other: its hash is made anew each time, which costs less than keeping it. */
function isFlat(node: Container): boolean {
  return node.kind === 'array'
    ? !node.items.some(isContainer)
    : !node.entries.some((entry) => isContainer(entry.value));
}

/** Puts the parts whose hashes must be known first into `open`; false where there are none. */
function openParts(node: Container, known: ReadonlyMap<JsonNode, number>, open: Container[]): boolean {
  const before = open.length;
  const count = node.kind === 'array' ? node.items.length : node.entries.length;
  for (let i = 0; i < count; i += 1) {
    const part = node.kind === 'array' ? node.items[i]! : node.entries[i]!.value;
    if (isContainer(part) && !isFlat(part) && !known.has(part)) open.push(part);
  }
  return open.length > before;
}

function containerHash(node: Container, known: ReadonlyMap<JsonNode, number>): number {
  if (node.kind === 'array') {
    let hash = node.items.length;
    for (const item of node.items) hash = mix(hash, partHash(item, known));
    return hash;
  }
  const entries = hasDuplicates(node.entries) ? distinctEntries(node.entries) : node.entries;
  let hash = entries.length + 0x1b873593;
  // a sum, as the order of keys does not matter
  for (const { key, value } of entries) hash = (hash + mix(textHash(key, 11), partHash(value, known))) | 0;
  return hash;
}

function partHash(node: JsonNode, known: ReadonlyMap<JsonNode, number>): number {
  switch (node.kind) {
    case 'null':
      return 1;
    case 'bool':
      return node.value ? 2 : 3;
    case 'int':
      return textHash(node.text === '-0' ? '0' : node.text, 5);
    case 'float':
      return textHash(String(Number(node.text)), Object.is(Number(node.text), -0) ? 6 : 7);
    case 'string':
      return textHash(node.value, 8);
    case 'array':
    case 'object':
      return known.get(node) ?? containerHash(node, known);
  }
}

function mix(hash: number, part: number): number {
  const mixed = Math.imul(hash ^ part, 0x85ebca6b);
  return Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35) ^ (mixed >>> 16);
}

function textHash(text: string, seed: number): number {
  let hash = seed;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return mix(hash, text.length);
}
