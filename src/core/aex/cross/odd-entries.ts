import { parseJson } from '../../json/parse.ts';
import { kindOf, readPayload, type StoredEntry } from '../entry.ts';
import type { AccountRow } from '../rows.ts';
import { canonicalAex } from '../rules/canonical.ts';
import { KNOWN_VERSION } from '../schema.ts';
import type { LedgerLook } from '../store.ts';
import type { Board } from './board.ts';
import type { ChainStory } from './diagnose.ts';
import { explainFractions } from './fractions.ts';
import { KIND, SEEN, seqAt, type Facts } from './facts.ts';
import type { StreamAlignment } from './stream.ts';
import { payloadFaults } from './payload-faults.ts';
import { shown, stepName } from './words.ts';

/** Entries whose row or payload is not of the form of AEX. */
export function tellOdd(look: LedgerLook, facts: Facts, board: Board): void {
  const explained = explainFractions(look, facts, board);
  for (let i = 0; i < Math.min(facts.odd.length, 300); i++) {
    const { at, says } = facts.odd[i]!;
    if ((facts.flags[at]! & (SEEN.rebuilt | SEEN.restored)) !== 0) continue;
    const seq = seqAt(facts, at);
    if (board.get(`entry:${seq}`) !== undefined || explained.has(seq)) continue;
    const entry = look.entry(seq);
    if (entry !== null && isLarge(entry)) continue;
    const faults = says === 'payload' && entry !== null ? payloadFaults(entry) : null;
    if (faults === null && entry !== null && readPayload(entry.type, entry.payload).unlike) {
      tellRespelled(board, facts, at, entry);
      continue;
    }
    const what = faults?.says ?? (says === 'payload' ? 'its payload is of another kind' : shown(says));
    const whose = entry === null || entry.agent === null ? '' : `, ${shown(entry.agent)}`;
    board.add(`entry:${seq}`, {
      kind: 'value-unreadable',
      severity: 'error',
      seq,
      executionId: entry?.executionId ?? null,
      agent: entry?.agent ?? null,
      message: `Entry ${seq} (${stepName(facts.kind[at]!)}${whose}) is not of the form that AEX writes: ${what}. What it says there can't be relied on.`,
      expected: faults?.expected ?? null,
      found: faults?.found ?? (entry === null ? null : shown(entry.payload)),
      sure: 'proved',
    });
  }
  let told = 0;
  for (let at = 0; at < facts.count && told < 100; at++) {
    if (facts.kind[at] !== KIND.other || (facts.flags[at]! & SEEN.rebuilt) !== 0) continue;
    told += 1;
    const seq = seqAt(facts, at);
    if (board.get(`entry:${seq}`) !== undefined) continue;
    const entry = look.entry(seq);
    // what was found to be put in counts as nothing, whatever its type
    if (entry !== null && kindOf(entry.type) !== 'other') continue;
    board.add(`entry:${seq}`, {
      kind: 'entry-unknown',
      // a file of this version has entries of AEX 2.0 alone
      severity: look.schema.userVersion === KNOWN_VERSION ? 'error' : 'warning',
      seq,
      executionId: entry?.executionId ?? null,
      agent: entry?.agent ?? null,
      message: `Entry ${seq} is of the type ${shown(entry?.type ?? null)}, which AEX 2.0 does not write.`,
      found: shown(entry?.type ?? null),
      sure: 'proved',
    });
  }
}

/** An entry that says what AEX could have written, in a spelling that it never uses, with a hash that fits. */
function tellRespelled(board: Board, facts: Facts, at: number, entry: StoredEntry): void {
  const { seq, agent, executionId, payload } = entry;
  const parsed = parseJson(payload);
  board.add(`entry:${seq}`, {
    kind: 'entry-respelled',
    severity: 'error',
    seq,
    executionId,
    agent,
    message: `The payload of entry ${seq} (${stepName(facts.kind[at]!)}${agent === null ? '' : `, ${shown(agent)}`}) is not spelled as AEX spells it: blanks, keys, escapes or the form of its time are others. Its hash fits that spelling, so somebody else wrote it, and hashed it and everything behind it anew: nothing can be trusted from entry ${seq} on.`,
    expected: parsed.ok && canonicalAex(parsed.node) !== payload ? shown(canonicalAex(parsed.node)) : null,
    found: shown(payload),
    sure: 'proved',
  });
}

/** Whether all that is unusual of an entry is an integer beyond exact numbers: AEX writes those too. */
function isLarge(entry: StoredEntry): boolean {
  if (entry.odd !== null) return false;
  const { odd, inexact, unlike } = readPayload(entry.type, entry.payload);
  return odd === null && inexact && !unlike;
}

/** Agents that entries name and that are not there. */
export function tellStrangers(
  facts: Facts,
  accounts: readonly AccountRow[],
  story: ChainStory,
  alignment: StreamAlignment,
  board: Board,
): void {
  const live = new Set(accounts.map(({ name }) => facts.numbers.get(name) ?? -1));
  const gone = new Set(alignment.deletions.map(({ agent }) => agent));
  const told = new Set<number>();
  for (let at = 0; at < facts.count; at++) {
    const number = facts.agent[at]!;
    if (number === 0 || told.has(number)) continue;
    told.add(number);
    const name = facts.names[number]!;
    if (live.has(number) || gone.has(name) || story.deleted.has(name)) continue;
    const seq = seqAt(facts, at);
    if (board.get(`entry:${seq}`) !== undefined) continue;
    board.add(`agent:${name}`, {
      kind: 'row-missing',
      severity: 'error',
      seq,
      agent: name,
      message: `Entries name the agent ${shown(name)}, the first is entry ${seq}. No such agent is in the ledger, and no deletion of it is recorded.`,
      expected: 'a row in agents',
      found: 'none',
      sure: 'proved',
    });
  }
}
