import type { ExecutionDetail, LedgerText } from '../../../contract/ledger-detail.ts';
import { limits } from '../../storage/limits.ts';
import type { Models } from '../config/models.ts';
import type { Masker } from '../secrets.ts';
import type { LedgerLook } from '../store.ts';
import { arithmeticOf } from './arithmetic.ts';
import type { StoredCall } from './call.ts';
import { identityOf, policyOf, repeatsOf, routeOf } from './identity.ts';
import { stepsOf } from './steps.ts';

/** What the tables say of an execution: all but its entries' rows, findings and links. */
export type ToldExecution = Omit<
  ExecutionDetail,
  'entries' | 'marks' | 'outcome' | 'links' | 'linkNotes' | 'findings'
>;

export type TellingParts = {
  readonly models: Models | null;
  readonly masker: Masker;
  readonly nowMicros: number;
};

export function tellExecution(
  look: LedgerLook,
  call: StoredCall,
  { models, masker, nowMicros }: TellingParts,
): ToldExecution {
  const { row, reservation } = call;
  const priceList = models?.problem === null ? models : null;
  return {
    executionId: call.id,
    row:
      row === null
        ? null
        : {
            agent: row.agent ?? '',
            endpoint: row.endpoint ?? '',
            state: row.state ?? '',
            statusCode: row.statusCode,
            requestHash: row.requestHash ?? '',
            policyHash: row.policyHash,
            routeHash: row.routeHash,
            createdAt: row.createdAt,
            updatedAt: row.updatedAt,
            terminalAt: row.terminalAt,
          },
    reservation:
      reservation === null
        ? null
        : {
            state: reservation.state ?? '',
            estimatedMicro: reservation.estimatedMicro ?? 0,
            actualMicro: reservation.actualMicro ?? 0,
            reservedAt: reservation.reservedAt,
            settledAt: reservation.settledAt,
            expiryAt: reservation.expiryAt,
          },
    agent: call.agent,
    steps: stepsOf(call, nowMicros),
    arithmetic: arithmeticOf(call, priceList),
    response: bodyOf(look, call.id, 'response', masker),
    error: bodyOf(look, call.id, 'error', masker),
    repeats: repeatsOf(call),
    identity: identityOf(call),
    route: routeOf(call, priceList),
    policy: policyOf(call),
    tool: call.tool,
    requestNote: requestNote(call),
  };
}

/** A body as stored, without tokens; its beginning where it is long. */
function bodyOf(
  look: LedgerLook,
  id: string,
  which: 'response' | 'error',
  masker: Masker,
): LedgerText | null {
  // A token that the cut runs through must not be shown either.
  const read = look.body(id, which, limits.ledgerBodyChars + LONGEST_TOKEN);
  if (read === null) return null;
  const whole = masker.text(read.text);
  const text = whole.slice(0, limits.ledgerBodyChars);
  return {
    text,
    bytes: read.bytes,
    cut: read.cut || text.length < whole.length,
    masked: whole !== read.text,
  };
}

const LONGEST_TOKEN = 4096;

function requestNote({ row, isTool }: StoredCall): string {
  const what = isTool ? 'the arguments' : 'a request';
  const hash = row?.requestHash ?? null;
  if (hash === null) return `AEX does not keep ${what}.`;
  return `AEX keeps of ${what} only the hash ${hash.slice(0, 12)}…, so it is not shown. A linked call or record of this workspace may hold it.`;
}
