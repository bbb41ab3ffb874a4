import type { JsonNode } from '../json/tree.ts';
import { automatic } from './choices.ts';
import { keysInOrder } from './merge-units.ts';
import type { ListPart, Merge, Merged, MergedKeyed, MergedText, Pane } from './merged.ts';
import { lineBreakOf, settle, type Settled } from './resolve-settle.ts';
import { valueOf, type Annotated, type LineOrigin, type RunPiece, type TextPiece } from './resolve-tree.ts';
import type { Choice, ChoiceOf, Unit, Value } from './unit.ts';

export type { Annotated } from './resolve-tree.ts';

/** A choice that can't be carried out, and why. */
export type BadChoice = { readonly unit: Unit; readonly message: string };

/**
 * A merge under choices. Only where `open` and `bad` are empty is `value` a result: until then those places show what
 * ours has. `tree` is the value with where each part comes from.
 */
export type Resolved = {
  readonly form: Merge['form'];
  readonly value: Value;
  readonly open: readonly Unit[];
  readonly bad: readonly BadChoice[];
  readonly tree: Annotated;
};

/**
 * What a merge is under choices; the order in which they were made does not matter. `choiceOf` is asked for every unit,
 * those taken automatically included, and null leaves a unit open: without it, `automatic`.
 */
export function resolve(merge: Merge, choiceOf: ChoiceOf = automatic): Resolved {
  const work: Work = { choiceOf, open: [], bad: [] };
  const tree =
    merge.root.kind === 'text' && merge.form === 'text'
      ? { kind: 'text' as const, pieces: piecesOf(merge.root, work) }
      : resolvePart(merge.root, work);
  return { form: merge.form, value: valueOf(tree), open: work.open, bad: work.bad, tree };
}

type Work = { readonly choiceOf: ChoiceOf; readonly open: Unit[]; readonly bad: BadChoice[] };
type Pieces = Extract<Settled, { ok: true }>['pieces'];

/** What stands in place of a unit; ours' where it is open. */
function decide(unit: Unit, work: Work): Pieces {
  const choice: Choice | null = work.choiceOf(unit);
  if (choice === null) work.open.push(unit);
  else {
    const settled = settle(unit, choice);
    if (settled.ok) return settled.pieces;
    work.bad.push({ unit, message: settled.message });
  }
  return [{ value: unit.ours, origin: 'open' }];
}

function resolvePart(part: Merged, work: Work): Annotated {
  switch (part.kind) {
    case 'same':
      return plain(part.node);
    case 'unit':
      return resolveUnit(part.unit, work);
    case 'object': {
      const origin = part.sides.base === undefined ? 'both' : 'base';
      const entries = part.entries.map(({ key, part: inner }) => ({ key, part: resolvePart(inner, work) }));
      return { kind: 'object', entries, origin, units: [] };
    }
    case 'list': {
      const parts = part.parts.map((inner) => resolveItem(inner, part.sides.ours.items, work));
      return { kind: 'array', parts, origin: 'base', units: [] };
    }
    case 'keyed':
      return resolveKeyed(part, work);
    case 'text': {
      const pieces = piecesOf(part, work);
      return {
        kind: 'value',
        node: { kind: 'string', value: pieces.map(({ text }) => text).join('') },
        origin: originOfAll(pieces.map(({ origin }) => origin)),
        units: [...new Set(pieces.flatMap(({ units }) => units))],
      };
    }
  }
}

function plain(node: Value): Annotated {
  return node === undefined
    ? { kind: 'gone', units: [] }
    : { kind: 'value', node, origin: 'base', units: [] };
}

function resolveUnit(unit: Unit, work: Work): Annotated {
  const pieces = decide(unit, work);
  const units = [unit.id];
  const [first, second] = pieces;
  if (first?.value === undefined) return { kind: 'gone', units };
  if (second?.value === undefined) return { kind: 'value', node: first.value, origin: first.origin, units };
  if (first.value.kind === 'string' && second.value.kind === 'string') {
    const value = joined(first.value.value, second.value.value);
    return { kind: 'value', node: { kind: 'string', value }, origin: 'both', units };
  }
  return {
    kind: 'array',
    parts: [{ kind: 'run', pieces: runPieces(pieces), units: [] }],
    origin: 'both',
    units,
  };
}

/** Two texts, one after the other, with a line break between them. */
function joined(first: string, second: string): string {
  return first.endsWith('\n') ? first + second : first + lineBreakOf(first, second) + second;
}

function runPieces(pieces: Pieces): readonly RunPiece[] {
  return pieces.flatMap(({ value, origin }) =>
    value?.kind === 'array' ? [{ nodes: value.items, origin }] : [],
  );
}

function resolveItem(part: ListPart, ours: readonly JsonNode[], work: Work): Annotated {
  switch (part.kind) {
    case 'run': {
      const nodes = ours.slice(part.at.ours, part.at.ours + part.count);
      return { kind: 'run', pieces: [{ nodes, origin: 'base' }], units: [] };
    }
    case 'items':
      return { kind: 'run', pieces: runPieces(decide(part.unit, work)), units: [part.unit.id] };
    case 'element':
      return resolvePart(part.part, work);
  }
}

function resolveKeyed(part: MergedKeyed, work: Work): Annotated {
  const parts = keysInOrder(part, orderOf(part.order, work)).map((key) =>
    resolvePart(part.elements.get(key)!.part, work),
  );
  return { kind: 'array', parts, origin: 'base', units: part.order === null ? [] : [part.order.id] };
}

/** The side whose order a keyed array has. */
function orderOf(unit: Unit | null, work: Work): Pane {
  if (unit === null) return 'ours';
  const choice = work.choiceOf(unit);
  if (choice === null) work.open.push(unit);
  else if (choice.take === 'both' || choice.take === 'edit') {
    work.bad.push({ unit, message: 'The order of a list is taken from one side' });
  } else return choice.take;
  return 'ours';
}

function piecesOf(text: MergedText, work: Work): readonly TextPiece[] {
  const pieces = text.parts.flatMap((part): readonly TextPiece[] => {
    if (part.kind === 'same') return [{ text: part.text, origin: 'base', units: [] }];
    const units = [part.unit.id];
    return decide(part.unit, work).map(({ value, origin }) => ({
      text: value?.kind === 'string' ? value.value : '',
      origin,
      units,
    }));
  });
  return wholeLines(pieces, lineBreakOf(text.sides.ours, text.sides.theirs, text.sides.base));
}

/** Ends every piece that another follows with a line break. */
function wholeLines(pieces: readonly TextPiece[], lineBreak: string): readonly TextPiece[] {
  const last = pieces.findLastIndex(({ text }) => text !== '');
  return pieces.map((piece, i) =>
    i < last && piece.text !== '' && !piece.text.endsWith('\n')
      ? { ...piece, text: piece.text + lineBreak }
      : piece,
  );
}

/** The origin of a line whose text comes from several. */
function originOfAll(origins: readonly LineOrigin[]): LineOrigin {
  const found = new Set(origins);
  found.delete('base');
  if (found.has('open')) return 'open';
  if (found.has('edit')) return 'edit';
  return found.size === 0 ? 'base' : found.size === 1 ? [...found][0]! : 'both';
}
