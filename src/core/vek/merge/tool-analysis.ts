import type { DocumentRule } from '../../../contract/merge.ts';
import { limits } from '../../storage/limits.ts';
import { blobHash } from '../hash.ts';
import { isMerge, type Calls } from './calls.ts';
import { eventsOf, knownHistory } from './event-graph.ts';
import { COMMON, type History } from './history.ts';
import { identityOf, type Identity } from './identity.ts';
import { short, type Notes } from './notes.ts';
import { outcomeOf, type Outcome } from './outcome.ts';
import type { Reader } from './reader.ts';
import type { SettledDocument } from './resolved-list.ts';
import { fitsRule } from './rule-fit.ts';
import type { Stretches } from './stretches.ts';
import { titleOf } from './title.ts';

/** What was read of earlier calls to find bases, over all tools. `most`: of their inputs, at most; beyond, `Exhausted`. */
export type Earlier = {
  inputs: number;
  bytes: number;
  spent: boolean;
  unasked: number;
  readonly most: number;
  readonly tell: (inputs: number) => void;
};

/** Thrown where more earlier calls would have to be read than the question allows. */
export class Exhausted extends Error {}

/** What the analysis of one tool works with. */
export type Scene = {
  readonly history: History;
  readonly stretches: Stretches;
  readonly diverged: ReadonlySet<number>;
  readonly calls: Calls;
  readonly settledAt: (place: number) => readonly SettledDocument[];
  readonly reader: Reader;
  readonly notes: Notes;
  /** inputs of earlier calls that were read to find bases, over all tools */
  readonly earlier: Earlier;
};

/** A document that may have changed on a side, while it is looked into. */
export type Candidate = {
  readonly tool: string;
  readonly identity: Identity;
  readonly title: string;
  /** places of its calls and of merges that settled it, as far as history was looked at */
  readonly touched: number[];
  /** what merges said of it, by place */
  readonly settled: Map<number, SettledDocument>;
};

/** A document with what became of it. */
export type Found = { readonly candidate: Candidate; readonly outcome: Outcome };

/** The documents of one tool that changed on a side, as far as events tell. */
export function documentsOf(scene: Scene, tool: number, name: string, rule: DocumentRule): readonly Found[] {
  const { stretches, history } = scene;
  const candidates = candidatesOf(scene, tool, name, rule);
  const found: Found[] = [];
  let pending = [...candidates.documents.values()];
  const scan = createScan(scene, tool, rule, candidates);
  const [ours, theirs] = [stretches.of[history.ours]!, stretches.of[history.theirs]!];
  for (let chunk = 8; pending.length > 0; chunk *= 4) {
    const known = knownHistory(stretches, scan.low());
    const rest: Candidate[] = [];
    let needed = false;
    const unsure: Found[] = [];
    for (const candidate of pending) {
      const headAt = eventsOf(known, candidate.touched);
      const outcome = outcomeOf(headAt(ours), headAt(theirs));
      if (outcome.changed === 'none') continue;
      if (outcome.sure && outcome.baseSure) found.push({ candidate, outcome });
      else {
        rest.push(candidate);
        unsure.push({ candidate, outcome });
        if (isNeeded(scene, candidate, outcome)) needed = true;
      }
    }
    pending = rest;
    const more = needed ? !scene.earlier.spent : scene.earlier.unasked < limits.mergeBaseUnasked;
    const before = scan.looked();
    if (pending.length > 0 && (!more || !scan.down(chunk))) {
      // What only an earlier merge may have changed, on one side, is not told: nothing is to be decided about it.
      for (const each of unsure) if (isTouched(scene, each)) found.push(each);
      break;
    }
    if (!needed) scene.earlier.unasked += scan.looked() - before;
  }
  return found;
}

/**
 * Whether it has to be known what both sides started from: both changed the document, and not to the same output. Of
 * what one side changed the merge has that side's version whatever it was before.
 */
function isNeeded(
  { reader }: Scene,
  { settled }: Candidate,
  { changed, sure, ours, theirs }: Outcome,
): boolean {
  if (changed !== 'both' || sure) return false;
  if (ours?.kind !== 'touch' || theirs?.kind !== 'touch') return true;
  if (settled.has(ours.place) || settled.has(theirs.place)) return true;
  return reader.call(ours.place).output_hash !== reader.call(theirs.place).output_hash;
}

/** Whether a side has calls or merges of its own about the document, or both may have changed it. */
function isTouched({ history }: Scene, { candidate, outcome }: Found): boolean {
  return outcome.changed === 'both' || candidate.touched.some((place) => history.sides[place] !== COMMON);
}

type Candidates = {
  /** by canonical identity */
  readonly documents: ReadonlyMap<string, Candidate>;
  /** by hash of an input that names them */
  readonly byInput: Map<string, Candidate | null>;
};

/** Every document that a call or a merge names where the sides differ. */
function candidatesOf(scene: Scene, tool: number, name: string, rule: DocumentRule): Candidates {
  const { calls, reader, notes } = scene;
  const byInput = new Map<string, Candidate | null>();
  const documents = new Map<string, Candidate>();
  const identities = new Map<string, Identity>();
  const add = (identity: Identity, place: number, title: () => string): Candidate => {
    let candidate = documents.get(identity.text);
    if (candidate === undefined) {
      candidate = { tool: name, identity, title: title(), touched: [], settled: new Map() };
      documents.set(identity.text, candidate);
    }
    candidate.touched.push(place);
    return candidate;
  };
  for (const { place, input, call } of calls.byTool.get(tool) ?? []) {
    let identity = identities.get(input);
    const tree = identity === undefined || rule.by === 'call' ? reader.input(input) : null;
    if (identity === undefined) {
      identity = identityOf(rule, tree, call);
      if (!isByCall(identity, call)) identities.set(input, identity);
    }
    const title = (): string => titleOf(name, rule, identity.value, tree ?? reader.input(input));
    const candidate = add(identity, place, title);
    if (!isByCall(identity, call)) byInput.set(input, candidate);
  }
  for (const { place, document } of calls.settledByTool.get(name) ?? []) {
    if (!fitsRule(rule, document.identity.value)) {
      notes.add(`other rule ${name}`, short(reader.call(place).hash), (names, count) =>
        otherRule(name, names, count),
      );
      continue;
    }
    const { identity } = document;
    add(identity, place, () => titleOf(name, rule, identity.value, null)).settled.set(place, document);
  }
  return { documents, byInput };
}

function isByCall(identity: Identity, call: string): boolean {
  return identity.text === `{"call":"${call}"}`;
}

function otherRule(tool: string, names: string, count: number): string {
  return `The earlier ${count === 1 ? 'merge' : 'merges'} ${names} settled documents of ${tool} that were counted in another way than now; as they count now, they follow from the parents of the ${count === 1 ? 'merge' : 'merges'}.`;
}

type Scan = {
  /** common calls from this place up were looked at */
  low(): number;
  /** how many calls of the tool */
  looked(): number;
  /** looks at so many more calls; false where there are none */
  down(calls: number): boolean;
};

/** Looks through common calls of a tool from the newest down, for those about the documents. */
function createScan(scene: Scene, tool: number, rule: DocumentRule, candidates: Candidates): Scan {
  const { documents } = candidates;
  const { history, stretches, diverged, earlier, settledAt } = scene;
  const { sides, tools } = history;
  const documentOf = earlierDocument(scene, rule, candidates);
  // Nobody but the call itself can be about it, and merges settle what both sides have.
  let low = rule.by === 'call' ? 0 : sides.length;
  let looked = 0;
  /** Looks at the call at a place; how many calls of the tool that were. */
  const visit = (place: number): number => {
    if (isMerge(history, place)) {
      for (const document of settledAt(place)) {
        const candidate = documents.get(document.identity.text);
        if (candidate === undefined || document.tool !== candidate.tool) continue;
        candidate.settled.set(place, document);
        candidate.touched.push(place);
      }
      return 0;
    }
    if (tools[place] !== tool) return 0;
    documentOf(place)?.touched.push(place);
    return 1;
  };
  return {
    low: () => low,
    looked: () => looked,
    down(calls) {
      if (low === 0) return false;
      const until = looked + calls;
      while (low > 0 && looked < until && !earlier.spent) {
        low -= 1;
        if (sides[low] === COMMON && !diverged.has(stretches.of[low]!)) looked += visit(low);
      }
      return true;
    },
  };
}

/** Finds which of the documents an earlier call is about. Whole inputs are told apart by their hashes, unread. */
function earlierDocument(
  { reader, earlier }: Scene,
  rule: DocumentRule,
  { documents, byInput }: Candidates,
): (place: number) => Candidate | null {
  if (rule.by === 'tool') return () => documents.get('{}') ?? null;
  if (rule.by === 'input') {
    for (const candidate of documents.values()) {
      byInput.set(blobHash(new TextEncoder().encode(candidate.identity.text)), candidate);
    }
    return (place) => byInput.get(reader.earlierInput(place).hash) ?? null;
  }
  return (place) => {
    const input = reader.earlierInput(place);
    let candidate = byInput.get(input.hash);
    if (candidate === undefined) {
      const before = reader.read.bytes;
      candidate = documents.get(identityOf(rule, input.value(), '').text) ?? null;
      byInput.set(input.hash, candidate);
      earlier.inputs += 1;
      if (earlier.inputs > earlier.most) throw new Exhausted();
      if (earlier.inputs % 1024 === 0) earlier.tell(earlier.inputs);
      earlier.bytes += reader.read.bytes - before;
      if (earlier.inputs >= limits.mergeBaseInputs || earlier.bytes >= limits.mergeBaseBytes)
        earlier.spent = true;
    }
    return candidate;
  };
}
