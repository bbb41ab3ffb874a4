import { openOf } from '../../../../core/merge/session.ts';
import { formatCount } from '../../../ui/format.ts';
import type { MenuEntry } from '../../../ui/menu/Menu.tsx';
import { said, type Names } from '../names.ts';
import { actAll } from '../state/acts.ts';
import type { Loaded } from '../state/work.ts';

/** What settles everything open at once, in the document in front and everywhere. Undo takes each back as one. */
export function allEntries(key: string, { session, at }: Loaded, names: Names): readonly MenuEntry[] {
  const about = session.documents[at.document];
  const state = session.states[at.document];
  const here = about === undefined || state === undefined ? 0 : openOf(about, state);
  const entries = (where: string, count: number, within: number | null): readonly MenuEntry[] =>
    (['ours', 'theirs', 'base'] as const).map((side) => ({
      label: `${where} ${side === 'base' ? (names.files === true ? 'as when you began' : 'back to base') : `from ${said(names[side])}`}`,
      blocked: count === 0 ? 'nothing is open' : null,
      run: () => actAll(key, side, within),
    }));
  const all = entries(`All ${formatCount(session.open)} open`, session.open, null);
  if (here === 0 || here === session.open) return all;
  return [
    ...entries(
      `${formatCount(here)} in this ${names.files === true ? 'file' : 'document'}`,
      here,
      at.document,
    ),
    'separator',
    ...all,
  ];
}
