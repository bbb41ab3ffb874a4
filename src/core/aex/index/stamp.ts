import { daysFromDate, NO_DAY, readTimestamp } from '../../records/time.ts';

const DAY = 86_400e6;

/** Reads texts of times, fast where they follow each other: the day of the one before is remembered. */
export type StampReader = (text: string) => number;

/**
 * Microseconds since 1970 of the shapes of times in a ledger (formats/aex.md §2), NaN for what is no time. Without an
 * offset they are UTC.
 */
export function stampReader(): StampReader {
  let day = '';
  let dayMicros = 0;
  return (text) => {
    const { length } = text;
    // B, and A of whole seconds in UTC
    if (length === 19 || (length === 25 && text.endsWith('+00:00'))) {
      const separator = text.charCodeAt(10);
      if (
        (separator === 0x20 || separator === 0x54) &&
        text.charCodeAt(13) === 0x3a &&
        text.charCodeAt(16) === 0x3a
      ) {
        const hours = twoDigits(text, 11);
        const minutes = twoDigits(text, 14);
        const seconds = twoDigits(text, 17);
        if (hours < 24 && minutes < 60 && seconds < 60) {
          if (day === '' || !text.startsWith(day)) {
            const micros = dateMicros(text);
            if (Number.isNaN(micros)) return readStamp(text);
            day = text.slice(0, 10);
            dayMicros = micros;
          }
          return dayMicros + ((hours * 60 + minutes) * 60 + seconds) * 1e6;
        }
      }
    }
    return readStamp(text);
  };
}

/** The same for one text. */
export function readStamp(text: string): number {
  // A date alone, or a text of any length, is no time that AEX writes.
  if (text.length < 16 || text.length > 40) return NaN;
  const separator = text.charCodeAt(10);
  if (separator !== 0x20 && separator !== 0x54) return NaN;
  return readTimestamp(text)?.micros ?? NaN;
}

function dateMicros(text: string): number {
  if (text.charCodeAt(4) !== 0x2d || text.charCodeAt(7) !== 0x2d) return NaN;
  const century = twoDigits(text, 0);
  const year = twoDigits(text, 2);
  const days = daysFromDate(century * 100 + year, twoDigits(text, 5), twoDigits(text, 8));
  return century > 99 || year > 99 || days === NO_DAY ? NaN : days * DAY;
}

/** Two digits as a number; 1000 where they are none. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 0x30;
  const ones = text.charCodeAt(at + 1) - 0x30;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : 1000;
}
