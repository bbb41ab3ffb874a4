import type { LedgerFinding } from '../../../../contract/ledger-report.ts';
import type { Zone } from '../../../ui/format.ts';
import { toldText } from '../told.ts';

/** When it was, by the stored times: `7 Mar 2026, 21:26:03`, for a gap what lies around it; null where that is not known. */
export function whenWords({ when }: LedgerFinding, zone: Zone): string | null {
  if (when === undefined) return null;
  const { from, to } = when;
  if (from === null) return to === null ? null : `before ${toldText(to, zone)}`;
  if (to === null) return `after ${toldText(from, zone)}`;
  return from === to ? toldText(from, zone) : `${toldText(from, zone)} to ${toldText(to, zone)}`;
}
