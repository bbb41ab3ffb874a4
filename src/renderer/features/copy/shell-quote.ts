/**
 * One argument for a POSIX shell, exactly: everything between single quotes is itself. Null for what no argument can
 * hold: a NUL, or half of a surrogate pair.
 */
export function shellQuote(text: string): string | null {
  if (text.includes('\0') || !text.isWellFormed()) return null;
  if (/^[A-Za-z0-9_./:=@%+,-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
