import { useEffect, useRef } from 'react';
import { closeMergePreview, useMergeForm, type MergeForm } from '../../../state/merge-form.ts';
import { Dialog } from '../../../ui/dialog/Dialog.tsx';
import { AbandonDialog } from './AbandonDialog.tsx';
import './preview.css';
import { useChoice } from './use-choice.tsx';
import { usePreviewParts } from './use-preview-parts.tsx';

/** The dialogs about a whole merge: which branches, what it would be, and whether to forget what was begun. */
export function MergeDialogs() {
  const { open, abandon } = useMergeForm();
  return (
    <>
      {open !== null && <OpenForm source={open.source} form={open} />}
      {abandon !== null && <AbandonDialog {...abandon} />}
    </>
  );
}

/** One dialog for the choice of branches and the preview after it, so that what had the focus before gets it back. */
function OpenForm({ source, form }: { readonly source: string; readonly form: MergeForm }) {
  const first = useRef<HTMLElement>(null);
  const choice = useChoice(source, form, first);
  const preview = usePreviewParts(source, form, first);
  const { width, title, description, actions, body } = form.from === null ? choice : preview;
  const question = JSON.stringify([form.into, form.from]);
  const shown = useRef(question);
  useEffect(() => {
    if (shown.current === question) return;
    shown.current = question;
    first.current?.focus();
  }, [question]);
  return (
    <Dialog
      open
      width={width}
      onClose={closeMergePreview}
      title={title}
      description={description}
      initialFocus={first}
      actions={actions}
    >
      {body}
    </Dialog>
  );
}
