import { useMemo } from 'react';
import { formatCounted } from '../../../ui/format.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import { payloadLines } from './payload-lines.ts';
import './payload.css';

type Props = { readonly payload: string; readonly restored: string | null; readonly label: string };

/** The stored payload with line numbers; what was proved to be changed is marked. */
export function Payload({ payload, restored, label }: Props) {
  const { lines, more } = useMemo(() => payloadLines(payload, restored), [payload, restored]);
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide payload is scrolled with the keys */}
      <section className="li-code" tabIndex={0} aria-label={label}>
        <ol>
          {lines.map(({ pieces, changed }, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- lines have no other name
            <li key={index} data-changed={changed || undefined}>
              <code>
                {pieces.map(({ kind, text, at }) => (
                  <span key={at} className={`j-${kind}`}>
                    {visibleText(text)}
                  </span>
                ))}
              </code>
            </li>
          ))}
        </ol>
      </section>
      {more > 0 && <p className="li-muted">{formatCounted(more, 'more line')}. Copying gives all of it.</p>}
    </>
  );
}
