import { Info } from 'lucide-react';
import { useState } from 'react';
import { formatCount } from '../../../ui/format.ts';
import { HashText } from '../../../ui/hash/HashText.tsx';
import { visibleText } from '../../../ui/visible-text.ts';

/** What a person should know about a merge: damage, earlier merges that left documents open. The first of it in a line. */
export function Notes({ notes }: { readonly notes: readonly string[] }) {
  const [all, setAll] = useState(false);
  return (
    <div className="mg-notes">
      <Info className="icon" size={14} aria-hidden />
      <ul>
        {(all ? notes : notes.slice(0, 1)).map((note) => (
          <li key={note}>
            <HashText text={visibleText(note)} />
          </li>
        ))}
      </ul>
      {notes.length > 1 && (
        <button type="button" className="mg-link" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Only the first' : `${formatCount(notes.length - 1)} more`}
        </button>
      )}
    </div>
  );
}
