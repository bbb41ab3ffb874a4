import { parseWhen } from '../../../../core/graph/filter-time.ts';
import { formatDateTime, type Zone } from '../../../ui/format.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import { cutMiddle } from '../cut.ts';
import { partsOf, plainValue } from './terms.ts';

/** More of a value does not stand on a chip; its title has the whole. */
const MOST = 36;

/** A term as its chip shows it: the key, and the value in the words of a person. */
export function chipText(term: string, zone: Zone): { readonly key: string; readonly value: string } {
  const { key, value } = partsOf(term);
  if (key === '') {
    const excluded = /^-(?:"|error$)/i.test(value);
    const words = excluded ? plainValue(value.slice(1)) : value;
    return { key: excluded ? 'not' : '', value: cutMiddle(visibleText(words), MOST) };
  }
  const bare = key.replace('-', '');
  const plain = plainValue(value).replace(bare === 'tool' ? /^=/ : /^$/, '');
  const when = bare === 'since' || bare === 'until' ? parseWhen(value) : null;
  const shown =
    when?.kind === 'local' && when.offset !== null
      ? formatDateTime(when.clockMicros - when.offset * 60e6, zone)
      : visibleText(plain);
  return { key: key.startsWith('-') ? `not ${bare}` : bare, value: cutMiddle(shown, MOST) };
}
