import { setLook } from '../../../state/ledgers.ts';
import { visibleRows } from '../../graph/window.ts';
import { keyOfView, type StatementModel } from './model.ts';
import { selectionOfLine } from './select.ts';
import { seqOfId } from './windows.ts';

/** Makes a line current for one who comes to the lines by keys: the selected one, else the first in sight. */
export async function enterLines(source: string, model: StatementModel): Promise<void> {
  await answered(model);
  const { selected, selectedAt } = model.get();
  if (selectedAt !== null) return;
  const seq = selected === null ? null : seqOfId(selected);
  if (seq !== null && (await model.reveal(seq))) return;
  const { start } = visibleRows(model.get().scroll);
  const first = await model.go(start);
  const found = first?.line === 'day' ? await model.go(start + 1) : first;
  const next = found === null ? null : selectionOfLine(found);
  if (next !== null) setLook(source, { selected: next });
}

/** When the lines are those that were asked for last; nobody waits for an answer that failed. */
function answered(model: StatementModel): Promise<void> {
  const isSo = () => {
    const { shown, question, error } = model.get();
    return error !== null || shown?.key === keyOfView(question);
  };
  if (isSo()) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = model.subscribe(() => {
      if (!isSo()) return;
      stop();
      resolve();
    });
  });
}
