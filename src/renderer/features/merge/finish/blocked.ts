import { formatCount, formatCounted, shortHash } from '../../../ui/format.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import type { Loaded, Work } from '../state/work.ts';

/** What keeps a merge from being written, in words; null where nothing does. `rules`: an assumption waits for a person. */
export type Blocked = { readonly title: string; readonly rules: boolean };

const block = (title: string, rules = false): Blocked => ({ title, rules });

/** Why a merge can't be written now. */
export function blockedBy(work: Work, { preview, session }: Loaded, readOnly: string | null): Blocked | null {
  if (work.error !== null) return block(work.error.message);
  if (session.open > 0)
    return block(
      `${formatCounted(session.open, 'open conflict')} block${session.open === 1 ? 's' : ''} this merge`,
    );
  if (work.editing !== null) return block('An edit is not kept yet: keep it or leave it');
  const assumed = (preview?.rules ?? []).filter(({ confirmed }) => !confirmed).length;
  if (assumed > 0)
    return block(
      `What counts as one document of ${assumed === 1 ? `${visibleText(preview!.rules.find(({ confirmed }) => !confirmed)!.tool)}` : `${formatCount(assumed)} tools`} is assumed`,
      true,
    );
  const stop = preview?.blocked ?? readOnly;
  return stop === null ? null : block(stop);
}

/** What will be written, in a line. */
export const willWrite = ({ tips: { into } }: Loaded): string =>
  `Writes 1 call with 2 objects and moves ${visibleText(into.name)} from ${shortHash(into.tip)}.`;
