import { History } from 'lucide-react';
import { useState } from 'react';
import type { FileVersion } from '../../../../../contract/edits.ts';
import { api } from '../../../../app/engine.ts';
import { useAnswer } from '../../../../app/use-answer.ts';
import { useSettings } from '../../../../state/settings.ts';
import { Badge } from '../../../../ui/badge/Badge.tsx';
import { Button } from '../../../../ui/button/Button.tsx';
import { EmptyState } from '../../../../ui/empty/EmptyState.tsx';
import { FailureState } from '../../../../ui/empty/FailureState.tsx';
import { formatBytes, formatDateTimeExact } from '../../../../ui/format.ts';
import { SkeletonRows } from '../../../../ui/skeleton/Skeleton.tsx';
import { visibleText } from '../../../../ui/visible-text.ts';
import { RowList } from '../../parts/RowList.tsx';
import { Split } from '../../parts/Split.tsx';
import { useScene } from '../../scene.ts';
import { VersionPane } from './VersionPane.tsx';
import { HOW, shortTime, versionKey, whoWords } from './words.ts';
import './history.css';

type FileProps = {
  readonly path: string;
  /** its list takes the keys when it is there */
  readonly takes: boolean;
};

/** Every text that a file is known to have had, with differences and restore. */
export function FileHistory({ path, takes }: FileProps) {
  const { source } = useScene();
  const { value, error, again } = useAnswer(
    source,
    `history ${path}`,
    () => api.edits.history({ source, path }),
    { keep: false },
  );
  if (value === null) {
    if (error === null) return <SkeletonRows rows={6} label="Reading the history" />;
    return (
      <FailureState
        error={error}
        actions={
          <Button size="small" onClick={again}>
            Read again
          </Button>
        }
      />
    );
  }
  if (value.length === 0) {
    return (
      <EmptyState icon={History} title="No other text of this file is known">
        <p>
          Each time the file is written by Vekscope, the text before it is kept here, with a way back to it.
          Of what other programs write, only texts that Vekscope had seen can be kept.
        </p>
      </EmptyState>
    );
  }
  return <Versions key={path} path={path} versions={value} takes={takes} />;
}

type Props = FileProps & { readonly versions: readonly FileVersion[] };

function Versions({ path, versions, takes }: Props) {
  const [picked, setPicked] = useState<string | null>(null);
  // against the present text, the first one that differs from it says most
  const first = versions.find(({ current }) => !current) ?? versions[0]!;
  const chosen = versions.find((version) => versionKey(version) === picked) ?? first;
  return (
    <Split
      id="history"
      list={
        <RowList<FileVersion>
          label="Versions of the file, newest first"
          items={versions}
          keyOf={versionKey}
          selected={versionKey(chosen)}
          onSelect={setPicked}
          tall
          takes={takes}
          none=""
        >
          {(version) => <VersionRow version={version} />}
        </RowList>
      }
    >
      <VersionPane path={path} versions={versions} chosen={chosen} />
    </Split>
  );
}

function VersionRow({ version }: { readonly version: FileVersion }) {
  const zone = useSettings((state) => state.time);
  const { atMicros, how, bytes, current, sha256 } = version;
  return (
    <>
      <span className="ag-row-title">
        <span className="truncate">{visibleText(whoWords(version))}</span>
        {current && <Badge tone="accent">now</Badge>}
        {sha256 === null && <Badge tone="bad">not there</Badge>}
      </span>
      <span className="ag-row-note hi-note">
        <span className="truncate" title={`${formatDateTimeExact(atMicros, zone)}, ${HOW[how]}`}>
          {shortTime(atMicros, zone)}
        </span>
        {bytes !== null && <span className="ag-row-end">{formatBytes(bytes)}</span>}
      </span>
    </>
  );
}
