import { field, itemsOf, textOf } from '../../json/build.ts';
import type { JsonNode } from '../../json/tree.ts';
import type { ResolvedHow } from '../plan-merge-node.ts';
import { identityFrom, type Identity } from './identity.ts';

/** One document that an earlier merge settled. `output` undefined: what the side named by `how` has, else taken out. */
export type SettledDocument = {
  readonly tool: string;
  readonly identity: Identity;
  readonly how: ResolvedHow;
  readonly output: JsonNode | undefined;
};

/** What a merge says of documents. `malformed`: how many entries were passed over. */
export type SettledList = { readonly settled: readonly SettledDocument[]; readonly malformed: number };

const hows: ReadonlySet<string> = new Set<ResolvedHow>(['current', 'target', 'base', 'merged', 'edited']);

/** Reads `resolved` from the output of a merge (design §3). It is input: what does not fit is passed over. */
export function settledIn(output: JsonNode): SettledList {
  const list = field(output, 'resolved');
  if (list === undefined) return { settled: [], malformed: 0 };
  if (list.kind !== 'array') return { settled: [], malformed: 1 };
  const settled: SettledDocument[] = [];
  const seen = new Set<string>();
  let malformed = 0;
  for (const item of itemsOf(list)) {
    const document = settledOf(item);
    const key = document === null ? '' : `${document.tool}\0${document.identity.text}`;
    if (document === null || seen.has(key)) {
      malformed += 1;
      continue;
    }
    seen.add(key);
    settled.push(document);
  }
  return { settled, malformed };
}

function settledOf(item: JsonNode): SettledDocument | null {
  const tool = textOf(field(item, 'tool'));
  const how = textOf(field(item, 'how'));
  const value = field(item, 'identity');
  if (tool === null || how === null || !isHow(how) || value === undefined) return null;
  const identity = identityFrom(value);
  return identity === null ? null : { tool, identity, how, output: field(item, 'output') };
}

function isHow(how: string): how is ResolvedHow {
  return hows.has(how);
}
