import { goToRuns } from '../state/runs-form.ts';
import { setMarked, showAgainstMarked, useCompare } from '../state/compare.ts';
import { select } from '../state/selection.ts';
import { openCompareCalls } from '../state/tabs.ts';
import { dismissAbout, toast } from '../state/toasts.ts';
import { shortHash } from '../ui/format.ts';
import { visibleText } from '../ui/visible-text.ts';
import { showInspector } from './shell/panes.ts';

/** What a message about the mark is about. */
const MARK = 'mark';

/**
 * Marks a call to compare it with another; with one marked already, shows how this one differs from it. The marked
 * one again takes its mark away.
 */
export function markOrCompare(source: string, hash: string, tool: string): void {
  const { marked } = useCompare.getState();
  if (marked?.source === source && marked.hash === hash) {
    setMarked(null);
    toast({ kind: 'note', title: 'Mark taken away', about: MARK });
  } else if (marked === null || marked.source !== source) {
    setMarked({ source, hash, tool });
    toast({
      kind: 'note',
      title: `Marked ${visibleText(tool).slice(0, 40)} ${shortHash(hash)}`.replace('  ', ' '),
      about: MARK,
      text: 'Press C on another call to see how the two differ.',
      action: { label: 'Take it away', run: () => setMarked(null) },
    });
  } else {
    dismissAbout(MARK);
    select(source, hash);
    showAgainstMarked();
    showInspector();
  }
}

/** Opens the marked call and this one side by side; without a mark it says how to set one. */
export function compareSideBySide(source: string, hash: string): void {
  const blocked = whyNotSideBySide(source, hash);
  const { marked } = useCompare.getState();
  if (blocked === null && marked !== null) {
    dismissAbout(MARK);
    openCompareCalls(source, marked.hash, hash);
  } else
    toast({ kind: 'note', title: 'Nothing to compare with', text: 'Press C on another call to mark it.' });
}

/** Why a call can't be opened beside the marked one, in words; null where it can. */
export function whyNotSideBySide(source: string, hash: string): string | null {
  const { marked } = useCompare.getState();
  if (marked === null || marked.source !== source) return 'mark another call with C first';
  return marked.hash === hash ? 'this is the marked call' : null;
}

/** Opens the runs up to the marked call and this one side by side; without a mark it says how to set one. */
export function compareRunsUpTo(source: string, hash: string): void {
  const blocked = whyNotSideBySide(source, hash);
  const { marked } = useCompare.getState();
  if (blocked === null && marked !== null) {
    dismissAbout(MARK);
    goToRuns(source, marked.hash, hash);
  } else
    toast({ kind: 'note', title: 'Nothing to compare with', text: 'Press C on another call to mark it.' });
}

/** A second call is chosen beside the selected one: that one is marked, so that the two can be compared. */
export function chooseSecond(source: string, selected: string | null, hash: string): void {
  if (selected !== null && selected !== hash) setMarked({ source, hash: selected, tool: '' });
}
