import { setMarked, showAgainstMarked, useCompare } from '../state/compare.ts';
import { select } from '../state/selection.ts';
import { toast } from '../state/toasts.ts';
import { shortHash } from '../ui/format.ts';
import { visibleText } from '../ui/visible-text.ts';
import { showInspector } from './shell/panes.ts';

/**
 * Marks a call to compare it with another; with one marked already, shows how this one differs from it. The marked
 * one again takes its mark away.
 */
export function markOrCompare(source: string, hash: string, tool: string): void {
  const { marked } = useCompare.getState();
  if (marked?.source === source && marked.hash === hash) {
    setMarked(null);
    toast({ kind: 'note', title: 'Mark taken away' });
  } else if (marked === null || marked.source !== source) {
    setMarked({ source, hash, tool });
    toast({
      kind: 'note',
      title: `Marked ${visibleText(tool).slice(0, 40)} ${shortHash(hash)}`.replace('  ', ' '),
      text: 'Press C on another call to see how the two differ.',
      action: { label: 'Take it away', run: () => setMarked(null) },
    });
  } else {
    select(source, hash);
    showAgainstMarked();
    showInspector();
  }
}
