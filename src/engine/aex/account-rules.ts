import type { AccountRules, RateWindow } from '../../contract/ledger-accounts.ts';
import { columnText } from '../../core/aex/entry.ts';
import type { AccountRow } from '../../core/aex/rows.ts';
import type { LedgerLook } from '../../core/aex/store.ts';
import { limits } from '../../core/storage/limits.ts';
import { microsOf } from './row.ts';

/** What an agent may do, by its row. */
export function rulesOf(row: AccountRow): AccountRules {
  return {
    rpmLimit: row.rpmLimit ?? 0,
    maxTokensPerMinute: row.maxTokensPerMinute,
    maxInputTokens: row.maxInputTokens,
    maxOutputTokens: row.maxOutputTokens,
    maxTokensPerRequest: row.maxTokensPerRequest,
    allowedModels: namesIn(row.allowedModels),
    allowedTools: namesIn(row.allowedTools),
    streaming: row.streaming,
    tools: row.tools,
    functionCalling: row.functionCalling,
    vision: row.vision,
    strict: row.strict,
    passthrough: row.passthrough,
    tokenScope: row.tokenScope ?? 'execution',
    tokenExpiresAt: row.tokenExpiresAt,
  };
}

/** Names of a JSON list; empty or unreadable means no restriction to AEX (formats/aex.md §2). */
function namesIn(text: string | null): readonly string[] | null {
  if (text === null) return null;
  // Too long to be read whole, so what it allows is not known.
  if (text.length > limits.ledgerNameChars) return [text];
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.length > 0 ? value.map(String) : null;
  } catch {
    return null;
  }
}

/** How long a rate window lasts (formats/aex.md §9), in microseconds. */
const WINDOW_MICROS = 60e6;

/** The rate windows, by agent. */
export function rateWindows(look: LedgerLook, nowMicros: number): ReadonlyMap<string, RateWindow> {
  const rows = look.db
    .prepare<[], readonly unknown[]>(
      look.select('rate_windows', ['agent', 'window_start', 'request_count', 'tokens_count']),
    )
    .raw()
    .all();
  return new Map(
    rows.map(([agent, start, requests, tokens]) => {
      const windowStart = start === null ? null : columnText(start);
      const began = microsOf(windowStart);
      return [
        columnText(agent),
        {
          windowStart,
          requests: Number(requests) || 0,
          tokens: Number(tokens) || 0,
          over: began === null || nowMicros - began > WINDOW_MICROS,
        },
      ];
    }),
  );
}

export type RateDenial = { readonly agent: string | null; readonly reason: string; readonly count: number };

/** Refusals by a rate limit, which stand in the older stream only (formats/aex.md §4). */
export function rateDenials(look: LedgerLook): readonly RateDenial[] {
  return look.db
    .prepare<[], readonly [unknown, unknown, number]>(
      `SELECT agent, reason, count(*) FROM (SELECT agent, substr(metadata, 1, ${limits.ledgerNameChars}) AS reason FROM (${look.select('events', ['agent', 'action', 'metadata'])}) WHERE action IN ('RATE_LIMIT', 'DENIED_RATE_LIMIT')) GROUP BY agent, reason`,
    )
    .raw()
    .all()
    .map(([agent, reason, count]) => ({
      agent: agent === null ? null : columnText(agent),
      reason: columnText(reason),
      count,
    }));
}
