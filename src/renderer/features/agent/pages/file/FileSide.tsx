import type { AgentFileDetail, Reading } from '../../../../../contract/agent-files.ts';
import { useSettings } from '../../../../state/settings.ts';
import { CopyButton } from '../../../../ui/copy/CopyButton.tsx';
import { formatBytes, formatCount, formatDateTime, shortHash } from '../../../../ui/format.ts';
import { visibleText } from '../../../../ui/visible-text.ts';
import { Fact, Facts } from '../../parts/Facts.tsx';
import { Findings, LineWord } from '../../parts/Findings.tsx';
import { lineEndWords, writerWords } from './kind-words.ts';

type Props = { readonly file: AgentFileDetail; readonly onLine: (line: number) => void };

/** What the runtime makes of a file: its readings with their lines, what is odd, and the facts of the file. */
export function FileSide({ file, onLine }: Props) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys
    <aside className="ag-beside-side" aria-label="What the runtime makes of it" tabIndex={0}>
      {file.findings.length > 0 && (
        <section className="ag-side-part">
          <h3>Findings</h3>
          <Findings findings={file.findings} onLine={onLine} />
        </section>
      )}
      {file.groups.map(({ title, readings }) => (
        <section key={title} className="ag-side-part">
          <h3>{title}</h3>
          <dl className="ag-readings">
            {readings.map((reading) => (
              <Row
                key={`${reading.line} ${reading.label} ${reading.value}`}
                reading={reading}
                onLine={onLine}
              />
            ))}
          </dl>
          {readings.length === 0 && <p className="ag-quiet">Nothing is read here.</p>}
        </section>
      ))}
      <FileFacts file={file} />
    </aside>
  );
}

function Row({ reading, onLine }: { readonly reading: Reading; readonly onLine: (line: number) => void }) {
  const { label, value, note, line, tone } = reading;
  return (
    <div className={`ag-reading ag-reading-${tone} ${value === '' ? 'ag-reading-bare' : ''}`}>
      <dt>
        <bdi>{visibleText(label)}</bdi>
      </dt>
      <dd>
        {value !== '' && <bdi className="ag-reading-value">{visibleText(value)}</bdi>}
        {line !== null && <LineWord line={line} onLine={onLine} />}
        {note !== null && <p className="ag-reading-note">{visibleText(note)}</p>}
      </dd>
    </div>
  );
}

/** Size, hash, line ends and time of a file. */
export function FileFacts({ file }: { readonly file: AgentFileDetail }) {
  const zone = useSettings((state) => state.time);
  return (
    <section className="ag-side-part">
      <h3>File</h3>
      <Facts>
        <Fact label="Size">
          {formatBytes(file.bytes)}
          {file.text !== null && `, ≈ ${formatCount(file.tokens)} tokens`}
        </Fact>
        <Fact label="Changed">{formatDateTime(file.modifiedMicros, zone)}</Fact>
        <Fact label="Written by">{writerWords(file.writtenBy)}</Fact>
        <Fact label="Line ends">{lineEndWords(file.lineEnds)}</Fact>
        <Fact label="SHA-256">
          <span className="ag-with-copy">
            <span className="hash" title={file.sha256}>
              {shortHash(file.sha256)}
            </span>
            <CopyButton text={() => file.sha256} label="Copy the SHA-256" />
          </span>
        </Fact>
      </Facts>
    </section>
  );
}
