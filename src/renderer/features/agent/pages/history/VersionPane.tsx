import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import type { FileVersion } from '../../../../../contract/edits.ts';
import { askEdit } from '../../../../state/edit-form.ts';
import { useSettings } from '../../../../state/settings.ts';
import { Button } from '../../../../ui/button/Button.tsx';
import { CopyButton } from '../../../../ui/copy/CopyButton.tsx';
import { FailureState } from '../../../../ui/empty/FailureState.tsx';
import { formatDateTime, shortHash } from '../../../../ui/format.ts';
import { Kbd } from '../../../../ui/kbd/Kbd.tsx';
import { useShortcuts } from '../../../../ui/keyboard.ts';
import { SkeletonRows } from '../../../../ui/skeleton/Skeleton.tsx';
import { visibleText } from '../../../../ui/visible-text.ts';
import { TextDiff } from '../../../edit/diff/TextDiff.tsx';
import { Choice } from '../../parts/Choice.tsx';
import { LayoutSwitch } from '../../parts/LayoutSwitch.tsx';
import { useScene } from '../../scene.ts';
import { AGENT_VIEW } from '../../use-agent-keys.ts';
import { useVersionText } from './use-version-text.ts';
import { inOrder, otherOf, versionKey, whoWords, type Against } from './words.ts';

type Props = {
  readonly path: string;
  readonly versions: readonly FileVersion[];
  readonly chosen: FileVersion;
};

/** One version of a file: its difference from another one, its text, and the way back to it. */
export function VersionPane({ path, versions, chosen }: Props) {
  const { source } = useScene();
  const zone = useSettings((state) => state.time);
  const [wish, setAgainst] = useState<Against>('current');
  const [columns, setColumns] = useState(false);
  const against: Against = chosen.current && wish === 'current' ? 'before' : wish;
  const other = otherOf(versions, chosen, against);
  const { sha256 } = chosen;
  const named = (version: FileVersion): string =>
    `${formatDateTime(version.atMicros, zone)}, ${visibleText(whoWords(version)).slice(0, 60)}`;
  const options = [
    { value: 'current', label: 'the text now' },
    { value: 'before', label: 'the version before it' },
    { value: 'alone', label: 'nothing: the text alone' },
    ...versions
      .filter((version) => version !== chosen)
      .map((version) => ({ value: versionKey(version), label: named(version) })),
  ];
  const why = whyNot(chosen);
  const restore = () => {
    if (sha256 !== null) askEdit({ source, change: { do: 'restore', path, version: sha256 } });
  };
  useShortcuts(AGENT_VIEW, [
    { keys: 'r', label: 'Restore the version', when: () => why === null, run: restore },
  ]);
  return (
    <div className="ag-detail">
      <div className="ag-detail-head">
        <h3>
          <bdi>{visibleText(whoWords(chosen))}</bdi>
          <span className="ag-muted hi-when">{formatDateTime(chosen.atMicros, zone)}</span>
          {sha256 !== null && (
            <span className="ag-with-copy">
              <span className="mono ag-quiet" title={sha256}>
                {shortHash(sha256)}
              </span>
              <CopyButton text={() => sha256} label="Copy the hash" />
            </span>
          )}
        </h3>
        {chosen.label !== null && chosen.title !== '' && (
          <p className="ag-muted">{visibleText(chosen.title)}</p>
        )}
        <div className="hi-tools">
          <span className="ag-muted">Compare with</span>
          <Choice
            label="Compare with"
            value={typeof against === 'string' ? against : against.version}
            onChange={(value) => setAgainst(isWord(value) ? value : { version: value })}
            options={chosen.current ? options.slice(1) : options}
          />
          {why === null ? (
            <Button size="small" icon={RotateCcw} onClick={restore} end={<Kbd keys="r" />}>
              Restore…
            </Button>
          ) : (
            <span className="ag-muted">{why}</span>
          )}
          {other !== null && <LayoutSwitch columns={columns} onChange={setColumns} />}
        </div>
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys */}
      <section className="ag-scroll" tabIndex={0} aria-label="What the version holds">
        {other === null ? (
          against === 'alone' ? (
            <Alone path={path} version={chosen} />
          ) : (
            <p className="ag-pad ag-muted">Nothing older is known. This is its text.</p>
          )
        ) : (
          <Between path={path} versions={inOrder(versions, chosen, other)} columns={columns} />
        )}
        {other === null && against !== 'alone' && <Alone path={path} version={chosen} />}
      </section>
    </div>
  );
}

const isWord = (value: string): value is 'current' | 'before' | 'alone' =>
  value === 'current' || value === 'before' || value === 'alone';

/** Why a version can't be restored, in words; null where it can. */
function whyNot({ current, sha256, kept }: FileVersion): string | null {
  if (current) return 'This is what stands there now.';
  if (sha256 === null) return 'The file was not there then.';
  return kept ? null : 'Its text is not kept, only its hash.';
}

function Alone({ path, version }: { readonly path: string; readonly version: FileVersion }) {
  const known = useVersionText(path, version.sha256);
  if ('waits' in known) return <SkeletonRows rows={6} label="Reading the version" />;
  if ('error' in known) return <FailureState error={known.error} />;
  if (known.text === null) return <p className="ag-pad ag-muted">The file was not there.</p>;
  return <pre className="hi-text">{shown(known.text)}</pre>;
}

/** Signs that draw nothing are made to be seen, but for line ends and tabs. */
const shown = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    .split(/([\n\t])/)
    .map((part) => (part === '\n' || part === '\t' ? part : visibleText(part)))
    .join('');

type BetweenProps = {
  readonly path: string;
  readonly versions: readonly [FileVersion, FileVersion];
  readonly columns: boolean;
};

function Between({ path, versions: [older, newer], columns }: BetweenProps) {
  const before = useVersionText(path, older.sha256);
  const after = useVersionText(path, newer.sha256);
  if ('error' in before) return <FailureState error={before.error} />;
  if ('error' in after) return <FailureState error={after.error} />;
  if ('waits' in before || 'waits' in after) return <SkeletonRows rows={6} label="Reading the versions" />;
  return (
    <TextDiff
      before={before.text}
      after={after.text}
      columns={columns && before.text !== null && after.text !== null}
      label={`Difference of two versions of ${path}`}
    />
  );
}
