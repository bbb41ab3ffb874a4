import { KeyCode, type editor } from '../../node/code/monaco.ts';

/** What moves in a text, or selects and copies in it: the editor's own. */
const OWN = new Set([
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'Home',
  'End',
  'PageUp',
  'PageDown',
  'Tab',
  'Shift',
  'Control',
  'Alt',
  'Meta',
]);

/** Keys with Ctrl or Cmd that belong to the view around the editors: undo, redo, commit. */
const WITH_CTRL = new Set(['z', 'y', 'enter']);

/**
 * Gives the keys that mean nothing in a read-only text to the view around it, so that it takes sides and goes on from
 * within a text too. Esc calls `leave`.
 */
export function forwardKeys(view: editor.ICodeEditor, host: HTMLElement, leave: () => void): void {
  view.onKeyDown((event) => {
    const key = event.browserEvent.key;
    const ctrl = event.ctrlKey || event.metaKey;
    if (event.altKey || OWN.has(key) || /^F\d+$/.test(key)) return;
    if (ctrl && !WITH_CTRL.has(key.toLowerCase())) return;
    if (event.keyCode === KeyCode.Escape) {
      // the search within the text closes first
      if (view.getDomNode()?.querySelector('.find-widget.visible') !== null) return;
      event.preventDefault();
      event.stopPropagation();
      leave();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    const { ctrlKey, metaKey, shiftKey } = event;
    const { code } = event.browserEvent;
    host.dispatchEvent(
      new KeyboardEvent('keydown', {
        key,
        code,
        ctrlKey,
        metaKey,
        shiftKey,
        bubbles: true,
        cancelable: true,
      }),
    );
  });
}
