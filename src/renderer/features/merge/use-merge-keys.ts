import { isOpenEntry, WHOLE, type Place } from '../../../core/merge/session.ts';
import { canRedo, canUndo } from '../../../core/merge/session-history.ts';
import { useShortcuts, type Scope } from '../../ui/keyboard.ts';
import { stepFrom, type Items } from './cards/items.ts';
import { actBoth, actChoose, actHistory, actReopen, actWhole, goOpen, goTo, unitAt } from './state/acts.ts';
import { beginEdit } from './state/edit.ts';
import { foldId, isUnfolded, setUnfolded } from './state/unfolded.ts';
import { patchWork, type Loaded, type Work } from './state/work.ts';
import { announce } from '../../ui/announce.ts';
import { said, sideName, wholeName } from './names.ts';
import { bothBlocked } from './unit-words.ts';

/** The keys of a merge that is worked on. */
export const MERGE_SCOPE: Scope = { name: 'merge', label: 'Merge' };

type Scene = {
  readonly key: string;
  readonly work: Work;
  readonly loaded: Loaded | null;
  readonly items: Items | null;
  readonly takeFocus: () => void;
  readonly onCommit: () => void;
};

/** Everything about a merge by keys alone: choices, going through conflicts and cards, undo, and the commit. */
export function useMergeKeys({ key, work, loaded, items, takeFocus, onCommit }: Scene): void {
  const there = loaded !== null && items !== null;
  const can = () => there && work.written === null && work.error === null;
  const at = loaded?.at ?? { document: 0, unit: WHOLE };
  const names = loaded?.names ?? null;
  const ours = names === null ? 'the branch merged into' : said(names.ours);
  const theirs = names === null ? 'the other branch' : said(names.theirs);
  const base = names === null ? 'base' : sideName(names, 'base');
  const whole = names === null ? 'output' : wholeName(names);
  const withFocus = (run: () => void) => () => {
    takeFocus();
    run();
  };
  const take = (side: 'base' | 'ours' | 'theirs') =>
    withFocus(() => actChoose(key, at, { take: side }, 'anywhere'));
  const both = withFocus(() => {
    const unit = unitAt(key, at);
    const why = unit === null ? `take the whole ${whole} of one side` : bothBlocked(unit);
    if (why === null) actBoth(key, at);
    else announce(`Not both: ${why}`);
  });
  const takeWhole = (side: 'base' | 'ours' | 'theirs') =>
    withFocus(() => actWhole(key, at.document, side, 'anywhere'));
  const step = (way: 1 | -1) => () => {
    if (items === null) return;
    takeFocus();
    const next = stepFrom(items, at.document, items.indexOf(at.unit), way);
    if (next !== null) goTo(key, next);
  };
  useShortcuts(MERGE_SCOPE, [
    { keys: '1', label: `Use ${short(ours)}`, when: can, run: take('ours') },
    { keys: '2', label: `Use ${short(theirs)}`, when: can, run: take('theirs') },
    { keys: '3', label: 'Keep both; again: in the other order', when: can, run: both },
    {
      keys: '4',
      label: `Use ${names?.files === true ? 'what it was when you began' : base}`,
      when: can,
      run: take('base'),
    },
    { keys: 'e', label: 'Edit', when: can, run: () => beginEdit(key, at) },
    {
      keys: ['u', 'mod+z'],
      label: 'Undo the last choice, and on through what was automatic',
      when: () => can() && loaded !== null && canUndo(loaded.session),
      run: withFocus(() => actHistory(key, 'undo')),
    },
    {
      keys: ['shift+u', 'mod+shift+z', 'mod+y'],
      label: 'Redo the choice',
      when: () => can() && loaded !== null && canRedo(loaded.session),
      run: withFocus(() => actHistory(key, 'redo')),
    },
    { keys: 'n', label: 'Next open conflict', when: can, run: withFocus(() => goOpen(key, 1)) },
    { keys: 'p', label: 'Previous open conflict', when: can, run: withFocus(() => goOpen(key, -1)) },
    { keys: ['j', 'ArrowDown'], label: 'Next card', when: () => there, run: step(1) },
    { keys: ['k', 'ArrowUp'], label: 'Previous card', when: () => there, run: step(-1) },
    {
      keys: 'Enter',
      label: 'Unfold or fold the card',
      when: () => there,
      run: () => toggle(key, loaded!, at),
    },
    {
      keys: 'o',
      label: 'Reopen the card',
      when: can,
      run: withFocus(() => actReopen(key, at)),
    },
    {
      keys: 'v',
      label: 'Cards or four panes',
      when: () => there,
      run: () => patchWork(key, { mode: work.mode === 'cards' ? 'panes' : 'cards' }),
    },
    { keys: 'shift+1', label: `Whole ${whole} of ${short(ours)}`, when: can, run: takeWhole('ours') },
    { keys: 'shift+2', label: `Whole ${whole} of ${short(theirs)}`, when: can, run: takeWhole('theirs') },
    { keys: 'shift+4', label: `Whole ${whole} of ${base}`, when: can, run: takeWhole('base') },
    {
      keys: 'shift+3',
      label: 'Merge the document by its parts',
      when: can,
      run: withFocus(() => actWhole(key, at.document, null, 'stay')),
    },
    {
      keys: 'mod+Enter',
      label: names?.files === true ? 'Use the result…' : 'Commit merge…',
      when: can,
      fields: false,
      run: onCommit,
    },
  ]);
}

/** A name of a branch may be of any length; a key's label is a line. */
const short = (name: string): string => (name.length > 40 ? `${name.slice(0, 39)}…` : name);

function toggle(key: string, { session, documents }: Loaded, place: Place): void {
  const unit = unitAt(key, place);
  const document = documents[place.document];
  if (unit === null || document === undefined) return;
  const { entry, entries } = session.states[place.document]!;
  const open = entry === null && isOpenEntry(unit, entries[place.unit] ?? null);
  if (open) return;
  const id = foldId(key, document.id, unit.id);
  setUnfolded(id, !isUnfolded(id));
}
