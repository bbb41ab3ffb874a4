import { GitCommitHorizontal, X } from 'lucide-react';
import type { Dropped } from '../../../../core/merge/session-restore.ts';
import { Button, IconButton } from '../../../ui/button/Button.tsx';
import { formatCounted, shortHash } from '../../../ui/format.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import { PathText } from '../cards/PathText.tsx';
import { choiceWords, sideName, wholeName, type Names } from '../names.ts';
import { useScene } from '../state/scene.ts';
import { foldId, setUnfolded, useUnfolded } from '../state/unfolded.ts';
import { patchWork, type Moved } from '../state/work.ts';

/** Decisions that no longer fit, listed at once. */
const MOST = 200;

/** What moved while a merge was worked on, what of it was kept, and what no longer fits. */
export function Notice({ moved }: { readonly moved: Moved }) {
  const { key, names } = useScene();
  const listId = foldId(key, '', 'dropped');
  const listed = useUnfolded(listId);
  const { branches, dropped } = moved;
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an output holds no lists
    <div className="mg-notice" role="status">
      <GitCommitHorizontal className="icon" size={16} aria-hidden />
      <div className="mg-notice-words">
        <p>
          <strong>{title(moved, names)}</strong> {keptWords(moved)}
        </p>
        {branches.length > 0 && names.files !== true && (
          <p className="mg-notice-detail">
            {branches.map(({ name, before, after }, index) => (
              <span key={name}>
                {index > 0 && ', '}
                {visibleText(name)} from <span className="hash">{shortHash(before)}</span> to{' '}
                <span className="hash">{shortHash(after)}</span>
              </span>
            ))}
          </p>
        )}
        {listed && (
          <ul className="mg-dropped" aria-label="Choices that no longer fit">
            {dropped.slice(0, MOST).map((entry) => (
              <li key={`${entry.document} ${entry.unit}`}>
                <bdi className="mono">{visibleText(entry.title)}</bdi>
                {entry.unit !== null && <PathText text={placeWords(entry.unit, names)} />}
                <span>{entryWords(entry, names)}</span>
              </li>
            ))}
            {dropped.length > MOST && <li>and {formatCounted(dropped.length - MOST, 'more', 'more')}</li>}
          </ul>
        )}
      </div>
      {dropped.length > 0 && (
        <Button size="small" aria-expanded={listed} onClick={() => setUnfolded(listId, !listed)}>
          {listed ? 'Hide them' : 'List them'}
        </Button>
      )}
      <IconButton
        icon={X}
        size="small"
        label="Close this notice"
        onClick={() => patchWork(key, { moved: null })}
      />
    </div>
  );
}

function title({ branches, unreadable }: Moved, { files }: Names): string {
  if (files === true) return 'The files or your edits have changed once more.';
  if (unreadable) return 'What was kept of this merge can’t be read.';
  const names = branches.map(({ name }) => visibleText(name));
  if (names.length === 0) return 'What counts as one document has changed.';
  return names.length === 1 ? `${names[0]} has moved.` : `${names.join(' and ')} have moved.`;
}

/** Where a place is, of a file without the digest that tells places of one path apart. */
function placeWords(unit: string, { files }: Names): string {
  if (files === true) return unit.replace(/#[^#]*$/, '');
  return unit === '' ? 'whole output' : unit;
}

function keptWords({ kept, dropped, unreadable }: Moved): string {
  if (unreadable) return 'It begins anew; nothing was written.';
  if (kept === 0 && dropped.length === 0) return 'Nothing had been chosen yet.';
  const fits = `${formatCounted(kept, 'choice')} still ${kept === 1 ? 'fits and is' : 'fit and are'} kept`;
  if (dropped.length === 0) return `${fits}; none is lost.`;
  const lost = `${formatCounted(dropped.length, 'choice')} no longer ${dropped.length === 1 ? 'fits' : 'fit'}, because the values there are others now.`;
  return kept === 0 ? lost : `${fits}; ${lost}`;
}

function entryWords({ entry, unit }: Dropped, names: Names): string {
  if (entry === null) return '';
  if (entry === 'reopened') return 'was open again';
  if (typeof entry === 'string') return `whole ${wholeName(names)} of ${sideName(names, entry)}`;
  if (entry.take === 'edit' && entry.text !== null)
    return `typed: ${visibleText(entry.text.slice(0, 80))}${entry.text.length > 80 ? '…' : ''}`;
  return unit === null ? '' : choiceWords(names, entry);
}
