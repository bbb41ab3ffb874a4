import { FilePlus, Search } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { AgentFile } from '../../../../../contract/agent-files.ts';
import { askNewFile } from '../../../../state/new-file-form.ts';
import { useSettings } from '../../../../state/settings.ts';
import { Badge } from '../../../../ui/badge/Badge.tsx';
import { Button } from '../../../../ui/button/Button.tsx';
import { TextField } from '../../../../ui/field/TextField.tsx';
import { formatBytes, formatCount, formatCounted, formatDateTime } from '../../../../ui/format.ts';
import { Kbd } from '../../../../ui/kbd/Kbd.tsx';
import { visibleText } from '../../../../ui/visible-text.ts';
import { SkeletonRows } from '../../../../ui/skeleton/Skeleton.tsx';
import { belowAgent, notLoaded } from '../../pages.ts';
import { DataTable, type Column } from '../../parts/DataTable.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import type { SortBy } from '../../parts/sort.ts';
import { useScene } from '../../scene.ts';
import { kindWords } from '../file/kind-words.ts';

/** Every file of the agent, with what it is and whether the runtime uses it. */
export function FilesPage({ item }: { readonly item: string | null }) {
  const { source, agent, files, go } = useScene();
  const zone = useSettings((state) => state.time);
  const [text, setText] = useState('');
  const [sort, setSort] = useState<SortBy | null>({ column: 'path', falling: false });
  const columns = useMemo(() => columnsOf(agent, zone), [agent, zone]);
  const all = files.value;
  const rows = useMemo(() => {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    return (all ?? []).filter((file) => {
      const hay = `${file.path}\n${kindWords(file.kind)}\n${file.why ?? ''}`.toLowerCase();
      return words.every((word) => hay.includes(word));
    });
  }, [all, text]);
  if (all === null) return <SkeletonRows rows={12} label="Reading the files" />;
  return (
    <>
      <PageHead
        title="All files"
        note={formatCounted(all.length, 'file')}
        actions={
          <Button
            size="small"
            icon={FilePlus}
            onClick={() => askNewFile({ source, agent, template: null })}
            end={<Kbd keys="n" />}
          >
            New…
          </Button>
        }
      />
      <div className="ag-toolbar">
        <TextField
          className="ag-search"
          label="Filter files"
          hideLabel
          icon={Search}
          placeholder="Filter files"
          value={text}
          onChange={setText}
        />
        <span className="ag-toolbar-count">
          {formatCount(rows.length)} of {formatCount(all.length)}
        </span>
      </div>
      <DataTable
        label="Files"
        columns={columns}
        rows={rows}
        keyOf={({ path }) => path}
        selected={item}
        onSelect={(path) => go('files', path)}
        onOpen={(path) => go('file', path)}
        sort={sort}
        onSort={setSort}
        wideFrom={720}
        none="No file fits this filter."
      />
      <p className="ag-foot">Enter or a double click opens a file. To find a text in files, use Search.</p>
    </>
  );
}

const columnsOf = (agent: string, zone: string): readonly Column<AgentFile>[] => [
  {
    id: 'path',
    label: 'File',
    width: 'minmax(200px, 2fr)',
    by: ({ path }) => path,
    cell: ({ path }) => <bdi className="mono">{visibleText(belowAgent(path, agent))}</bdi>,
  },
  {
    id: 'kind',
    extra: true,
    label: 'Kind',
    width: 'minmax(90px, calc(11 * var(--ui)))',
    by: ({ kind }) => kindWords(kind),
    cell: ({ kind }) => <span className="ag-muted">{kindWords(kind)}</span>,
  },
  {
    id: 'state',
    label: 'State',
    width: 'minmax(96px, 1.2fr)',
    by: (file) => (isLost(file) ? 0 : file.findings.length > 0 ? 1 : file.why === null ? null : 2),
    cell: (file) => <State file={file} />,
  },
  {
    id: 'bytes',
    label: 'Size',
    width: 'calc(5.4 * var(--ui))',
    end: true,
    by: ({ bytes }) => bytes,
    cell: ({ bytes }) => formatBytes(bytes),
  },
  {
    id: 'modified',
    extra: true,
    label: 'Changed',
    width: 'calc(11.4 * var(--ui))',
    by: ({ modifiedMicros }) => modifiedMicros,
    cell: ({ modifiedMicros }) => formatDateTime(modifiedMicros, zone),
  },
];

const isLost = (file: AgentFile): boolean => notLoaded([file]).length > 0;

function State({ file }: { readonly file: AgentFile }) {
  if (isLost(file)) {
    return (
      <span title={visibleText(file.why ?? '')}>
        <Badge tone="bad">not loaded</Badge> <span className="ag-muted">{visibleText(file.why ?? '')}</span>
      </span>
    );
  }
  if (file.findings.length === 0) return <span className="ag-muted">{visibleText(file.why ?? '')}</span>;
  const [first] = file.findings;
  return (
    <span title={visibleText(first?.message ?? '')}>
      <Badge tone="warn">{formatCounted(file.findings.length, 'finding')}</Badge>{' '}
      <span className="ag-muted">{visibleText(first?.message ?? '')}</span>
    </span>
  );
}
