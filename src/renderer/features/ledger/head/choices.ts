import type { Account } from '../../../../contract/ledger.ts';
import { setLook } from '../../../state/ledgers.ts';
import { showOverlay } from '../../../state/overlays.ts';
import { openAccounts } from '../../../state/tabs.ts';
import { formatCount, formatMoney } from '../../../ui/format.ts';
import type { MenuEntry } from '../../../ui/menu/Menu.tsx';
import { visibleText } from '../../../ui/visible-text.ts';

/** Accounts that the menu lists one by one; the palette and Accounts have all. */
export const MOST_LISTED = 24;

/** Accounts to choose from: those that spent most first, with the way to the others where there are too many to read. */
export function accountChoices(
  source: string,
  accounts: readonly Account[],
  agent: string | null,
): readonly MenuEntry[] {
  const ranked = accounts.toSorted((a, b) => b.spentMicro - a.spentMicro || a.name.localeCompare(b.name));
  const listed = ranked.slice(0, MOST_LISTED);
  const current = ranked.find(({ name }) => name === agent);
  if (current !== undefined && !listed.includes(current)) listed.splice(-1, 1, current);
  return [
    { label: 'All agents', checked: agent === null, run: () => setLook(source, { agent: null }) },
    ...(listed.length > 0 ? (['separator'] as const) : []),
    ...listed.map(({ name, spentMicro }) => ({
      label: visibleText(name) || '(no name)',
      figure: formatMoney(spentMicro),
      checked: name === agent,
      run: () => setLook(source, { agent: name }),
    })),
    ...(ranked.length > listed.length
      ? ([
          'separator',
          { label: 'Find an agent', keys: 'mod+k', run: () => showOverlay('palette') },
          {
            label: `All ${formatCount(ranked.length)} agents with their figures`,
            run: () => openAccounts(source),
          },
        ] as const)
      : []),
  ];
}
