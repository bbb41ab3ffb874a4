import { useMemo } from 'react';
import { visibleText } from '../../../ui/visible-text.ts';
import { jsonTokens } from './json-tokens.ts';

/** Longer texts are shown without colours, so that they appear at once. */
const COLOURED = 40_000;

/** A JSON text as it stands, coloured and selectable. */
export function JsonText({ text, label }: { readonly text: string; readonly label: string }) {
  const tokens = useMemo(() => (text.length > COLOURED ? null : jsonTokens(text)), [text]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys
    <section className="es-code" tabIndex={0} aria-label={label}>
      <pre>
        {tokens === null
          ? text
          : tokens.map(({ kind, text: part, at }) => (
              <span key={at} className={`es-${kind}`}>
                {kind === 'gap' ? part : visibleText(part)}
              </span>
            ))}
      </pre>
    </section>
  );
}
