import { Copy } from 'lucide-react';
import { useMemo, useState, type RefObject } from 'react';
import type { RecordDetail } from '../../../../contract/records.ts';
import { copyText } from '../../../app/capabilities.ts';
import { toastFailure } from '../../../state/toasts.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { formatBytes } from '../../../ui/format.ts';
import { Segmented } from '../../../ui/segmented/Segmented.tsx';
import { CodeView } from '../../node/CodeView.tsx';
import { prettyLine } from './fields.ts';

type Props = {
  readonly detail: RecordDetail;
  readonly place: string;
  readonly panel: RefObject<HTMLElement | null>;
};

/** The line of the log: indented for reading, or exactly as it stands. */
export function RawLine({ detail, place, panel }: Props) {
  const [form, setForm] = useState<'read' | 'stands'>(detail.row === null ? 'stands' : 'read');
  const text = useMemo(() => (form === 'read' ? prettyLine(detail.text) : detail.text), [form, detail.text]);
  const code = useMemo(
    () => ({ key: `${detail.id} ${form}`, text, json: detail.row !== null }),
    [detail.id, detail.row, form, text],
  );
  const copy = async () => {
    const answer = await copyText(detail.text);
    if (!answer.ok) toastFailure(answer.error);
  };
  return (
    <div className="rd-raw">
      <div className="rd-raw-bar">
        {detail.row !== null && (
          <Segmented<'read' | 'stands'>
            label="Form of the line"
            value={form}
            onChange={setForm}
            options={[
              { value: 'read', label: 'Formatted' },
              { value: 'stands', label: 'As it stands' },
            ]}
          />
        )}
        <span className="rd-muted">{formatBytes(detail.bytes)}</span>
        <Button size="small" look="quiet" icon={Copy} onClick={() => void copy()}>
          Copy the line
        </Button>
      </div>
      <CodeView
        code={code}
        place={place}
        label="The line of the log, read only"
        wrap
        panel={panel}
        onHeight={ignore}
      />
    </div>
  );
}

const ignore = (): void => undefined;
