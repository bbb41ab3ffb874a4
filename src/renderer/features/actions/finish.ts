import type { Operation } from '../../../contract/operations.ts';
import { refreshOverview } from '../../app/engine-events.ts';
import { refreshOperations } from '../../app/operations.ts';
import { openAction } from '../../state/action-form.ts';
import { noteWrite } from '../../state/operations.ts';
import { toast } from '../../state/toasts.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { changeWords } from './words.ts';

/** After a write: counts it, reads anew what it changed, and says it with a way back. */
export function finishAction(source: string, operation: Operation): void {
  noteWrite(source, operation);
  void refreshOverview(source);
  void refreshOperations(source);
  const undo = operation.undoBlocked === null && operation.action.kind !== 'undo';
  toast({
    kind: 'done',
    title: visibleText(operation.title),
    // the way back from what was taken back is offered no more
    about: operation.action.kind === 'undo' ? operation.action.operation : operation.id,
    text: visibleText(changeWords(operation.refs, operation.head)),
    ...(undo
      ? {
          action: {
            label: 'Undo',
            run: () => openAction(source, { kind: 'undo', operation: operation.id, title: operation.title }),
          },
        }
      : {}),
  });
}
