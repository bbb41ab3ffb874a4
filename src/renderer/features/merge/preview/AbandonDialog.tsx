import { useRef, useState } from 'react';
import type { Failure } from '../../../../contract/failure.ts';
import { attempt } from '../../../app/client.ts';
import { api } from '../../../app/engine.ts';
import { refreshMerges } from '../../../app/merges.ts';
import { closeAbandon } from '../../../state/merge-form.ts';
import { useMerges } from '../../../state/merges.ts';
import { closeTab, tabId } from '../../../state/tabs.ts';
import { toast } from '../../../state/toasts.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { Dialog } from '../../../ui/dialog/Dialog.tsx';
import { formatCounted } from '../../../ui/format.ts';
import { hintText } from '../../../ui/visible-text.ts';

type Props = { readonly source: string; readonly into: string; readonly from: string };

/** Asks before the choices of a merge are forgotten: they can't be brought back. */
export function AbandonDialog({ source, into, from }: Props) {
  const merge = useMerges(source).find((known) => known.into === into && known.from === from);
  const [error, setError] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const keep = useRef<HTMLButtonElement>(null);
  const names = `${hintText(from)} into ${hintText(into)}`;
  const abandon = async () => {
    setBusy(true);
    const answer = await attempt(api.merge.abandon({ source, into, from }));
    setBusy(false);
    if (!answer.ok) {
      setError(answer.error);
      return;
    }
    closeAbandon();
    closeTab(tabId({ kind: 'merge', source, into, from }));
    void refreshMerges(source);
    toast({ kind: 'done', title: `Merging ${names} is abandoned`, text: 'The repository is as it was.' });
  };
  const settled = merge?.settled ?? 0;
  return (
    <Dialog
      open
      width={440}
      onClose={closeAbandon}
      title={`Abandon merging ${names}`}
      initialFocus={keep}
      actions={
        <>
          <Button ref={keep} onClick={closeAbandon}>
            Keep it
          </Button>
          <Button look="danger-solid" disabled={busy} onClick={() => void abandon()}>
            Abandon merge
          </Button>
        </>
      }
    >
      <p>
        {settled > 0
          ? `${formatCounted(settled, 'choice is', 'choices are')} forgotten for good. Nothing was written to the repository, and it stays as it is.`
          : 'Nothing was written to the repository, and it stays as it is.'}
      </p>
      {error !== null && (
        <p className="mp-note" data-tone="warn" role="alert">
          <span>
            {error.message} {error.hint}
          </span>
        </p>
      )}
    </Dialog>
  );
}
