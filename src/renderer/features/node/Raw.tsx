import { Copy } from 'lucide-react';
import type { NodeDetail } from '../../../contract/vek.ts';
import { copyText } from '../../app/capabilities.ts';
import { toastFailure } from '../../state/toasts.ts';
import { Button } from '../../ui/button/Button.tsx';
import { saveBytes } from './save-bytes.ts';

/** The record as it stands in the table, and the stored bytes of both contents as files. */
export function Raw({ source, detail }: { readonly source: string; readonly detail: NodeDetail }) {
  const { record, input, output } = detail;
  const text = JSON.stringify(record, null, 2);
  const copy = async () => {
    const answer = await copyText(text);
    if (!answer.ok) toastFailure(answer.error);
  };
  return (
    <div className="n-raw">
      <p className="n-muted">The row of the table “nodes”, column by column.</p>
      <pre>{text}</pre>
      <div className="n-raw-actions">
        <Button size="small" icon={Copy} onClick={() => void copy()}>
          Copy record
        </Button>
        {input.form !== 'missing' && (
          <Button size="small" onClick={() => void saveBytes(source, input.hash, 'input')}>
            Save input bytes…
          </Button>
        )}
        {output.form !== 'missing' && (
          <Button size="small" onClick={() => void saveBytes(source, output.hash, 'output')}>
            Save output bytes…
          </Button>
        )}
      </div>
    </div>
  );
}
