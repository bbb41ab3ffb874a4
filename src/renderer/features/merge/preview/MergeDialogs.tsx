import { useMergeForm, type MergeForm } from '../../../state/merge-form.ts';
import { AbandonDialog } from './AbandonDialog.tsx';
import { ChooseBranches } from './ChooseBranches.tsx';
import { PreviewDialog } from './PreviewDialog.tsx';
import './preview.css';

/** The dialogs about a whole merge: which branches, what it would be, and whether to forget what was begun. */
export function MergeDialogs() {
  const { open, abandon } = useMergeForm();
  return (
    <>
      {open !== null && <OpenForm source={open.source} form={open} key={JSON.stringify(open)} />}
      {abandon !== null && <AbandonDialog {...abandon} />}
    </>
  );
}

function OpenForm({ source, form: { into, from } }: { readonly source: string; readonly form: MergeForm }) {
  if (from === null) return <ChooseBranches source={source} into={into} />;
  return <PreviewDialog source={source} into={into} from={from} />;
}
