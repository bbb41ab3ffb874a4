import type { ChainVerdict, ReplayVerdict } from '../chain/verdict.ts';
import type { LedgerLook } from '../store.ts';
import type { Board } from './board.ts';
import type { CallCounts } from './call.ts';
import { KIND, type Facts } from './facts.ts';
import type { StreamAlignment } from './stream.ts';

/** What nothing in the database could show. */
export function tellUnknown(
  look: LedgerLook,
  facts: Facts,
  counts: CallCounts,
  replay: ReplayVerdict,
  board: Board,
): void {
  let dispatches = 0;
  for (let at = 0; at < facts.count; at++) if (facts.kind[at] === KIND.dispatch) dispatches += 1;
  if (dispatches > 0) {
    board.unknown(
      'dispatch-times',
      `The times of ${dispatches} dispatches have no other record: they can only be compared with the entries before and behind them.`,
    );
  }
  if (counts.rows > 0) {
    board.unknown(
      'requests',
      `The requests of ${counts.rows} executions are not kept, only their hashes, which can't be computed again from anything here.`,
    );
  }
  if (counts.bodies > 0) {
    board.unknown(
      'answers',
      `Of ${counts.bodies} stored answers only the token counts have other records; whether their texts are the original ones can't be known.`,
    );
  }
  const others = counts.rows - counts.policies;
  if (others > 0)
    board.unknown('policies', `The policy hashes of ${others} executions can't be computed again.`);
  board.unknown(
    'caps',
    'Caps and permissions of agents (models, tools, tokens, scope) leave no trace by which a change could be seen, apart from rate limits that were hit.',
  );
  if (look.accounts().length > 0)
    board.unknown('tokens-of-agents', 'Whether tokens of agents were replaced is recorded nowhere.');
  if (replay.moreUnreadable > 0)
    board.unknown('payloads', 'More payloads than are listed could not be read.');
  board.unknown(
    'whole',
    'A past that was rewritten in all tables alike leaves no trace in the database. Only what was seen of it before, or another copy, could show it.',
  );
}

/** What was compared and agrees. */
export function tellSound(
  facts: Facts,
  chain: ChainVerdict,
  counts: CallCounts,
  alignment: StreamAlignment,
  board: Board,
): void {
  if (chain.ok)
    board.sound(
      'chain',
      'Every entry has the hash of its content and names the entry before it.',
      chain.events,
    );
  if (facts.jumpAt.length <= 1 && facts.count > 0)
    board.sound('numbers', 'The numbers of the entries go on by one.', facts.count);
  board.sound(
    'executions',
    'Executions were compared with their entries: agent, state, status, bodies, times.',
    counts.rows,
  );
  board.sound(
    'reservations',
    'Reservations were compared with what was reserved and settled.',
    counts.reservations,
  );
  if (counts.bodies > 0)
    board.sound('answers', 'Tokens of settlements were compared with the stored answers.', counts.bodies);
  if (alignment.readable)
    board.sound(
      'stream',
      'The older event stream was put beside the entries of the same transactions.',
      alignment.rows,
    );
}
