import type { LedgerWitness } from '../../../../contract/ledger-report.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import { useSettings } from '../../../state/settings.ts';
import { toldText } from '../told.ts';
import { Told } from '../Told.tsx';
import { entrySentence, witnessSentence } from './witness-words.ts';

type Props = {
  readonly witnesses: readonly LedgerWitness[];
  readonly label: string;
  /** what `agrees` is about: this entry, what a finding expected, or entries that are gone */
  readonly about: 'entry' | 'finding' | 'gap';
};

/** What each record says of the same thing, what differs first and in bad colour, and what that comes to. */
export function Witnesses({ witnesses, label, about }: Props) {
  const sentence =
    about === 'gap' ? '' : about === 'entry' ? entrySentence(witnesses) : witnessSentence(witnesses);
  const zone = useSettings((state) => state.time);
  const said = witnesses.map(({ says }) => says);
  const sorted = witnesses.toSorted((a, b) => Number(a.agrees) - Number(b.agrees));
  return (
    <>
      <table className="li-witnesses" aria-label={label}>
        <tbody>
          {sorted.map(({ where, says, agrees }, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- two records may say the same
            <tr key={index} data-odd={!agrees || undefined}>
              <th scope="row">{visibleText(where)}</th>
              <td>
                {!agrees && (
                  <span className="li-differs" aria-hidden>
                    ≠
                  </span>
                )}
                <Told text={says} beside={said} />
                {!agrees && <span className="visually-hidden"> (differs)</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {sentence !== '' && <p className="li-sentence">{toldText(sentence, zone)}</p>}
    </>
  );
}
