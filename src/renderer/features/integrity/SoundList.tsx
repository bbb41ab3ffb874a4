import { Check, Minus } from 'lucide-react';
import type { LastCheck } from '../../../contract/integrity.ts';
import { useSettings } from '../../state/settings.ts';
import { formatClock } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';

/** What the last check looked at and found to hold, and what it did not look at. */
export function SoundList({ check }: { readonly check: LastCheck }) {
  const zone = useSettings((state) => state.time);
  const { sound, notChecked, stale, endedMicros } = check;
  return (
    <div className="in-sound">
      <section aria-labelledby="in-sound-title">
        <h3 id="in-sound-title">
          Checked and sound{stale ? ` at ${formatClock(endedMicros, zone)}, before the last change` : ''}
        </h3>
        <ul>
          {sound.map(({ what, text }) => (
            <li key={what}>
              <Check className={`icon ${stale ? 'in-note' : 'in-ok'}`} size={14} aria-hidden />
              <span>{visibleText(text)}</span>
            </li>
          ))}
        </ul>
      </section>
      {notChecked.length > 0 && (
        <section aria-labelledby="in-unchecked-title">
          <h3 id="in-unchecked-title">Not checked in this run</h3>
          <ul>
            {notChecked.map((text) => (
              <li key={text}>
                <Minus className="icon in-note" size={14} aria-hidden />
                <span>{text}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="in-limits-title">
        <h3 id="in-limits-title">What no check can tell</h3>
        <p>
          Hashes show that the bytes are those that were recorded. They carry no signature: who can write the
          file can record another history that fits. And they do not say whether what a tool returned was
          true.
        </p>
      </section>
    </div>
  );
}
