import { useMemo, useRef, useState } from 'react';
import type { LedgerText } from '../../../contract/ledger-detail.ts';
import { Badge } from '../../ui/badge/Badge.tsx';
import { Button } from '../../ui/button/Button.tsx';
import { CopyButton } from '../../ui/copy/CopyButton.tsx';
import { formatBytes } from '../../ui/format.ts';
import { CodeView } from '../node/CodeView.tsx';
import '../node/node.css';
import { indented } from './indented.ts';

type Props = { readonly title: string; readonly id: string; readonly body: LedgerText };

/** Lines and signs that are shown before a person asks for more. */
const FIRST = 6000;

/** A stored body, read-only, with the source text of its numbers; long ones show a part first. */
export function BodyText({ title, id, body }: Props) {
  const [all, setAll] = useState(false);
  const panel = useRef<HTMLElement>(null);
  const [, setHeight] = useState(0);
  const pretty = useMemo(() => indented(body.text), [body.text]);
  const long = pretty.length > FIRST;
  const text = all || !long ? pretty : pretty.slice(0, FIRST).toWellFormed();
  const code = useMemo(() => ({ key: `${id} ${text.length}`, text, json: true }), [id, text]);
  return (
    <section ref={panel} className="ex-part ex-body" aria-label={title} tabIndex={-1}>
      <header>
        <h3>{title}</h3>
        <span className="ex-muted">{formatBytes(body.bytes)}</span>
        {body.masked && <Badge tone="warn">a token is masked</Badge>}
        <CopyButton text={() => body.text} label={`Copy ${title.toLowerCase()}`} />
      </header>
      <CodeView code={code} place={`execution-${id}`} label={title} wrap panel={panel} onHeight={setHeight} />
      {long && !all && (
        <Button size="small" look="link" onClick={() => setAll(true)}>
          Show more ({formatBytes(pretty.length)} in all)
        </Button>
      )}
      {body.cut && (
        <p className="ex-muted">
          Only the first {formatBytes(body.text.length)} are shown of {formatBytes(body.bytes)}.
        </p>
      )}
    </section>
  );
}
