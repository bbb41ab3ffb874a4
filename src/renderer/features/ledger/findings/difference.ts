import type { LedgerFinding } from '../../../../contract/ledger-report.ts';
import { formatMoney } from '../../../ui/format.ts';
import { moneyWords } from '../told.ts';

const AMOUNT = /\$(\d[\d,]*)\.(\d{6})(?!\d)/g;

/** By how much money what is there is too much or too little, where both sides name one amount of the same thing; null: they don't. */
export function differenceWords({ expected, found }: LedgerFinding): string | null {
  if (expected === null || found === null) return null;
  const [should, is] = [oneAmount(moneyWords(expected)), oneAmount(moneyWords(found))];
  if (should === null || is === null || should.about !== is.about || should.micro === is.micro) return null;
  const by = is.micro - should.micro;
  return `${formatMoney(Math.abs(by))} too ${by > 0 ? 'much' : 'little'}`;
}

function oneAmount(text: string): { readonly micro: number; readonly about: string } | null {
  const found = [...text.matchAll(AMOUNT)];
  const [first] = found;
  if (first === undefined || found.length > 1) return null;
  const micro = Number(first[1]!.replaceAll(',', '')) * 1_000_000 + Number(first[2]);
  return Number.isSafeInteger(micro) ? { micro, about: text.replace(first[0], '$') } : null;
}
