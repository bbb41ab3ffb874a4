import { GitBranch, Shield, SquareFunction, type LucideIcon } from 'lucide-react';
import type { Tab } from '../../state/tabs.ts';
import { shortHash } from '../../ui/format.ts';

/** How a tab is shown: `title` on it, `full` on hover. Both may hold text of a store. */
export function tabWords(tab: Tab): {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly full: string;
} {
  switch (tab.kind) {
    case 'graph':
      return { icon: GitBranch, title: 'Graph', full: 'Graph' };
    case 'node':
      return {
        icon: SquareFunction,
        title: `${tab.title} ${shortHash(tab.hash)}`,
        full: `${tab.title} ${tab.hash}`,
      };
    case 'integrity':
      return { icon: Shield, title: 'Integrity', full: 'Integrity' };
    default:
      return tab satisfies never;
  }
}
