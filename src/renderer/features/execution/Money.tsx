import type { Arithmetic } from '../../../contract/ledger-detail.ts';
import { formatMoney } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { Told } from '../ledger/Told.tsx';
import { Part } from './Part.tsx';

const SOURCES: Readonly<Record<Arithmetic['source'], string>> = {
  stored: 'as stored',
  computed: 'computed',
  config: 'by models.yaml',
};

/** How the amounts of an execution come about, and which of them are stored. */
export function Money({ lines }: { readonly lines: readonly Arithmetic[] }) {
  if (lines.length === 0) return null;
  return (
    <Part title="Money">
      <table className="ex-money">
        <tbody>
          {lines.map(({ label, micro, text, source }, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- lines of one sum, replaced as a whole
            <tr key={index}>
              <th scope="row">{visibleText(label)}</th>
              <td className="ex-words">
                <Told text={text} />
              </td>
              <td className="ex-source">{SOURCES[source]}</td>
              <td className="ex-amount">{micro === null ? '' : formatMoney(micro)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  );
}
