import { formatDateTime, type Zone } from '../../ui/format.ts';

const STORED = /\d{4}-\d\d-\d\d(?:T| )\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?/g;

/** A sentence whose stored times are shown as all others are; a time without an offset is UTC (`formats/aex.md §2`). */
export const localTimes = (text: string, zone: Zone): string =>
  text.replaceAll(STORED, (stored) => {
    const at = Date.parse(/(?:Z|[+-]\d\d:\d\d)$/.test(stored) ? stored : `${stored.replace(' ', 'T')}Z`);
    return Number.isNaN(at) ? stored : formatDateTime(at * 1000, zone);
  });
