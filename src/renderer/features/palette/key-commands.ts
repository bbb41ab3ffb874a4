import type { Command } from '../../app/commands.ts';
import { runnableShortcuts } from '../../ui/keyboard.ts';

/**
 * Whatever a key does in the views that are open, as actions of the palette; without those that `known` has already
 * under the same label, or under the same key where that means one thing everywhere.
 */
export function keyCommands(known: readonly Command[]): readonly Command[] {
  const labels = new Set(known.map(({ label }) => plain(label)));
  const keys = new Set(known.flatMap((command) => command.keys ?? []));
  return runnableShortcuts().flatMap((shortcut): readonly Command[] => {
    const label = plain(shortcut.label);
    // Esc and Enter mean something else in every place
    const wide =
      !['Escape', 'Enter'].includes(shortcut.keys) &&
      (shortcut.scope.name === 'global' || shortcut.scope.name.startsWith('graph'));
    if (labels.has(label) || (wide && keys.has(shortcut.keys))) return [];
    labels.add(label);
    return [
      {
        id: `key-${shortcut.scope.name}-${label}`,
        group: 'Actions',
        label: shortcut.label,
        detail: shortcut.scope.label,
        keys: shortcut.keys,
        keyOnly: true,
        blocked: shortcut.holds ? null : 'means nothing now',
        run: shortcut.run,
      },
    ];
  });
}

const plain = (label: string): string => label.replace(/…$/, '').toLowerCase();
