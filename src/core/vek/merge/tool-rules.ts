import type { DocumentRule } from '../../../contract/merge.ts';
import { compareCodePoints, type JsonNode } from '../../json/tree.ts';
import { blobHash } from '../hash.ts';
import type { LookedAt } from './calls.ts';
import { COMMON, OURS, THEIRS } from './history.ts';
import { ruleFor, type FoundRule } from './rules.ts';
import type { Scene } from './tool-analysis.ts';
import { collectFields } from './tool-fields.ts';

/** A tool of the analysis: its number in the index, its name, and what counts as one of its documents. */
export type ToolFound = {
  readonly tool: number;
  readonly name: string;
  /** both sides called it since they parted */
  readonly both: boolean;
  readonly found: FoundRule;
  readonly candidates: readonly string[];
};

/** The rules of all tools whose documents may have changed. */
export function toolRules(scene: Scene, chosen: ReadonlyMap<string, DocumentRule>): readonly ToolFound[] {
  const { calls, history } = scene;
  const tools = new Map<string, number>();
  for (const tool of calls.byTool.keys()) tools.set(history.toolNames[tool]!, tool);
  for (const name of calls.settledByTool.keys()) {
    if (!tools.has(name)) tools.set(name, history.toolNames.indexOf(name));
  }
  return Array.from(tools, ([name, tool]) => ruleOfTool(scene, tool, name, chosen.get(name)));
}

function ruleOfTool(
  scene: Scene,
  tool: number,
  toolName: string,
  chosen: DocumentRule | undefined,
): ToolFound {
  const { calls, history, reader } = scene;
  const list = calls.byTool.get(tool) ?? [];
  const fields = collectFields();
  const inputs = { ours: new Set<string>(), theirs: new Set<string>() };
  const last: { ours?: LookedAt; theirs?: LookedAt } = {};
  let sides = 0;
  for (const call of list) {
    fields.add(reader.input(call.input));
    const side = history.sides[call.place]!;
    if (side !== COMMON) sides |= side;
    for (const [name, bit] of [['ours', OURS] as const, ['theirs', THEIRS] as const]) {
      // common calls of a criss-cross are called by both
      if ((side & bit) === 0) continue;
      inputs[name].add(call.input);
      last[name] = call;
    }
  }
  const both = last.ours !== undefined && last.theirs !== undefined;
  const evidence = {
    tool: toolName,
    fields,
    both,
    sameInput: both && Array.from(inputs.ours).some((input) => inputs.theirs.has(input)),
    last: {
      base: chosen === undefined && both ? lastCommon(scene, tool) : undefined,
      ours: inputOf(scene, last.ours),
      theirs: inputOf(scene, last.theirs),
    },
  };
  const found = ruleFor(evidence, chosen);
  const earlier =
    found.reason === 'naming' || found.reason === 'chosen' ? null : settledRule(scene, toolName, list);
  return {
    tool,
    name: toolName,
    both: sides === COMMON,
    found: earlier ?? found,
    candidates: fields.candidates(),
  };
}

/**
 * What counted as one document when earlier merges of these branches settled some: the fields that all of them name.
 * Without it a merge would forget what the one before it decided, as soon as other calls are the last ones. Null where
 * they settled nothing of the tool, whole inputs, or in different ways.
 */
function settledRule({ calls }: Scene, tool: string, list: readonly LookedAt[]): FoundRule | null {
  const settled = calls.settledByTool.get(tool) ?? [];
  const inputs = new Set(list.map(({ input }) => input));
  const isInput = (text: string): boolean => inputs.has(blobHash(new TextEncoder().encode(text)));
  if (settled.some(({ document }) => isInput(document.identity.text))) return null;
  const [keys, ...others] = new Set(settled.map(({ document }) => keysOf(document.identity.value)));
  if (keys === undefined || keys === '' || keys === '/call' || others.length > 0) return null;
  return { rule: { by: 'fields', pointers: keys.split('\0') }, reason: 'equal-fields', confirmed: true };
}

/** The pointers of the fields of an identity, in one text. Empty where there are none, or too many. */
function keysOf(identity: JsonNode): string {
  const keys = identity.kind === 'object' ? identity.entries.map(({ key }) => key) : [];
  return keys.length > 8 ? '' : keys.toSorted(compareCodePoints).map(pointerOf).join('\0');
}

/** The pointer of a key of an identity (`fieldName` turned round). */
function pointerOf(key: string): string {
  return key.startsWith('/') ? key : `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function inputOf({ reader }: Scene, call: LookedAt | undefined): JsonNode | null | undefined {
  return call === undefined ? undefined : reader.input(call.input);
}

/** The input of the newest common call of a tool. */
function lastCommon({ history, reader }: Scene, tool: number): JsonNode | null | undefined {
  const { sides, tools } = history;
  for (let place = sides.length - 1; place >= 0; place--) {
    if (sides[place] === COMMON && tools[place] === tool) return reader.input(reader.call(place).input_hash);
  }
  return undefined;
}
