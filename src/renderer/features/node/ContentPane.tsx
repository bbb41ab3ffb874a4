import { Download, WrapText } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState, type RefObject } from 'react';
import type { Content } from '../../../contract/vek.ts';
import { Badge } from '../../ui/badge/Badge.tsx';
import { Button, IconButton } from '../../ui/button/Button.tsx';
import { CopyButton } from '../../ui/copy/CopyButton.tsx';
import { formatBytes, shortHash } from '../../ui/format.ts';
import { CodeView } from './CodeView.tsx';
import { NoContent } from './NoContent.tsx';
import { ModeSwitch } from './read/ModeSwitch.tsx';
import { leaveLook, lookAtJson, useLook, useReadMode } from './read/mode.ts';
import { lineOf, type Path } from './read/path.ts';
import { useReadKeys } from './read/use-read-keys.ts';
import { useReading, type Readable } from './read/use-reading.ts';
import { useWholeContent } from './use-content.ts';
import { saveBytes } from './save-bytes.ts';
import { setWrap, useWrap } from './wrap.ts';

type Props = {
  readonly source: string;
  readonly what: 'Input' | 'Output';
  readonly content: Content;
  /** the spot in the window, for the remembered scroll position */
  readonly place: string;
  readonly tool: string;
  readonly panel: RefObject<HTMLElement | null>;
};

/** Heights in px of what stands around the text, to share a low panel fairly between input and output. */
const HEAD = 36;
const NOTE = 24;
const CUT = 110;

/** Input or output of a call: what the bytes are, how large, the text, and what there is to know about it. */
export function ContentPane({ source, what, content: first, place, tool, panel }: Props) {
  const wrap = useWrap();
  const whole = useWholeContent(source, first);
  const { content } = whole;
  const code = useMemo(
    () => ({
      key: `${content.hash}-${content.form}-${content.text.length}`,
      text: content.text,
      json: content.form === 'json',
    }),
    [content],
  );
  const [height, setHeight] = useState(40);
  const mode = useReadMode();
  const readable = useReading(content, tool, mode === 'read');
  const spot = `${place} ${code.key}`;
  const looking = useLook(spot);
  useEffect(() => () => leaveLook(spot), [spot]);
  useReadKeys(place);
  const reading = readable.state === 'rich' && mode === 'read' && looking === null ? readable : null;
  const waiting = readable.state === 'waiting' && mode === 'read';
  const reveal = useCallback(
    (path: Path) => {
      if (readable.state !== 'rich') return;
      const line = content.form === 'json' ? lineOf(readable.root, path) : 1;
      lookAtJson(spot, { line });
    },
    [readable, spot, content.form],
  );
  // for a missing object the words below say it all
  const notes = content.form === 'missing' ? [] : [...content.notes, ...sizeNote(readable)];
  const natural = HEAD + height + notes.length * NOTE + (content.cut ? CUT : 0);
  const hasText = content.form === 'json' || content.form === 'text' || content.form === 'hex';
  const save = () => void saveBytes(source, content.hash, `${what.toLowerCase()}-${shortHash(content.hash)}`);
  return (
    <section
      className={`n-content ${reading === null ? '' : 'n-content-read'}`}
      aria-label={what}
      style={{ minHeight: `min(${natural}px, 50%)` }}
    >
      <header className="n-content-head">
        <h3>{what}</h3>
        {content.form === 'missing' && <Badge tone="bad">missing</Badge>}
        {content.form === 'unreadable' && <Badge tone="bad">unreadable</Badge>}
        {content.form === 'text' && <Badge>text, no JSON</Badge>}
        {content.form === 'hex' && <Badge>bytes, no text</Badge>}
        {(readable.state === 'rich' || readable.state === 'unread') && (
          <ModeSwitch what={what} text={content.form === 'text'} mode={reading === null ? 'json' : 'read'} />
        )}
        <span className="n-content-end">
          {content.form !== 'missing' && <span className="n-size">{formatBytes(content.bytes)}</span>}
          {hasText && (
            <>
              <IconButton
                icon={WrapText}
                size="small"
                label="Wrap long lines"
                pressed={wrap}
                onClick={() => setWrap(!wrap)}
              />
              <CopyButton
                text={() => content.text}
                label={
                  content.cut
                    ? `Copy the shown part of the ${what.toLowerCase()}`
                    : `Copy ${what.toLowerCase()}`
                }
              />
            </>
          )}
          {content.form !== 'missing' && content.form !== 'empty' && (
            <IconButton
              icon={Download}
              size="small"
              label={`Save the bytes of the ${what.toLowerCase()} as…`}
              onClick={save}
            />
          )}
        </span>
      </header>
      {notes.length > 0 && (
        <ul className="n-notes">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      {reading !== null && (
        <reading.View
          root={reading.root}
          reading={reading.reading}
          place={spot}
          label={`${what} of ${tool}, readable`}
          wrap={wrap}
          panel={panel}
          onReveal={reveal}
          onFind={() => lookAtJson(spot, 'find')}
          onHeight={setHeight}
        />
      )}
      {waiting && hasText && <div className="n-code" style={{ flexBasis: 60 }} />}
      {reading !== null || (waiting && hasText) ? null : hasText ? (
        <CodeView
          code={code}
          place={place}
          label={`${what} of ${tool}, read only`}
          wrap={wrap && content.form !== 'hex'}
          panel={panel}
          act={looking}
          onHeight={setHeight}
        />
      ) : (
        <NoContent source={source} content={content} />
      )}
      {content.cut && (
        <div className="n-cut">
          <p>
            <b>Larger than is shown at once.</b> This is the beginning, {formatBytes(content.text.length)} of
            text from {formatBytes(content.bytes)}. Opening all of it may take some seconds and much memory.
          </p>
          <div className="n-cut-actions">
            <Button size="small" disabled={whole.state === 'reading'} onClick={whole.showAll}>
              {whole.state === 'reading' ? 'Reading…' : 'Show anyway'}
            </Button>
            <Button size="small" onClick={save}>
              Save as…
            </Button>
          </div>
          {whole.error !== null && (
            <p className="n-bad">
              {whole.error.message} {whole.error.hint}
            </p>
          )}
        </div>
      )}
    </section>
  );
}

const sizeNote = ({ state }: Readable): readonly string[] =>
  state === 'large' ? ['Too large for a readable form: it stands here as it is stored.'] : [];
