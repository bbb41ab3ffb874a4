/**
 * One line of CSV (RFC 4180), with CRLF. A text that a spreadsheet would take for a formula gets an apostrophe in front,
 * which it shows as text; what an agent wrote is never run.
 */
export function csvLine(fields: readonly (string | number | boolean | null)[]): string {
  return `${fields.map(csvField).join(',')}\r\n`;
}

function csvField(value: string | number | boolean | null): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const text = startsFormula(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) || text.trim() !== text ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The signs with which a formula begins, and their wide forms. */
const FORMULA = new Set('=+-@\uff1d\uff0b\uff0d\uff20');

/** Whether a formula begins here, also after white space and controls. */
function startsFormula(text: string): boolean {
  const first = [...text].find((sign) => sign > ' ' && sign.trim() !== '');
  return (first !== undefined && FORMULA.has(first)) || /^[\t\r\n]/.test(text);
}

/** Millionths of a dollar as a plain decimal number of dollars. */
export function dollars(micros: number): string {
  const whole = Math.abs(Math.round(micros));
  const text = `${Math.floor(whole / 1e6)}.${String(whole % 1e6).padStart(6, '0')}`;
  return micros < 0 ? `-${text}` : text;
}
