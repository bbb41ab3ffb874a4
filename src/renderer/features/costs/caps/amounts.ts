const MICRO = 1_000_000;

/** Micro-dollars as they stand in a field: without digits that say nothing. */
export function dollarsOf(micros: number): string {
  const text = (micros / MICRO).toFixed(6).replace(/0+$/, '');
  const [whole = '0', part = ''] = text.split('.');
  return `${whole}.${part.padEnd(2, '0')}`;
}

/** What was typed into a field of dollars; nothing is no cap. */
export function microsOf(text: string): number | null | 'wrong' {
  const plain = text.trim().replace(/^\$/, '').replaceAll(',', '');
  if (plain === '') return null;
  if (!/^\d{0,9}(?:\.\d{0,6})?$/.test(plain) || plain === '.') return 'wrong';
  return Math.round(Number(plain) * MICRO);
}

/** The right end of a slider: well above what was spent and above the cap in force, at a round figure. */
export function sliderTop(spentMicros: number, capMicros: number | null): number {
  const wanted = Math.max(spentMicros * 1.25, (capMicros ?? 0) * 1.5, 10_000);
  const power = 10 ** Math.floor(Math.log10(wanted));
  return Math.ceil(wanted / power) * power;
}
