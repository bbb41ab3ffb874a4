import { useMemo } from 'react';
import type { NoteRow, WikiPart } from '../../../../../contract/agent-parts.ts';
import { Badge } from '../../../../ui/badge/Badge.tsx';
import { formatBytes, formatCount, formatCounted } from '../../../../ui/format.ts';
import { visibleText } from '../../../../ui/visible-text.ts';
import { FileLink } from '../../parts/FileLink.tsx';
import { NewButton } from '../../parts/NewButton.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { PartGate } from '../../parts/PartGate.tsx';
import { RowList } from '../../parts/RowList.tsx';
import { Split } from '../../parts/Split.tsx';
import { useScene } from '../../scene.ts';
import { FileText } from '../../text/FileText.tsx';
import { IndexProblems } from '../memory/IndexProblems.tsx';
import { Flags } from '../memory/Flags.tsx';
import { NoteView } from '../memory/NoteView.tsx';

type Raw = WikiPart['raw'][number];
type Entry = { readonly path: string; readonly page: NoteRow | null; readonly raw: Raw | null };

/** Pages the agent distilled, and the raw files they come from (§2.6). */
export function WikiPage({ item }: { readonly item: string | null }) {
  return <PartGate part="wiki">{(part) => <Wiki part={part} item={item} />}</PartGate>;
}

function Wiki({ part, item }: { readonly part: WikiPart; readonly item: string | null }) {
  const { go } = useScene();
  const entries = useMemo<readonly Entry[]>(
    () => [
      ...part.pages.map((page) => ({ path: page.path, page, raw: null })),
      ...part.raw.map((raw) => ({ path: raw.path, page: null, raw })),
    ],
    [part],
  );
  const chosen = entries.find(({ path }) => path === item) ?? entries[0] ?? null;
  const broken = part.pages.filter(({ links }) => brokenLinks(links) > 0).length;
  const bare = part.raw.filter(({ pages }) => pages.length === 0).length;
  return (
    <>
      <PageHead
        title="Wiki"
        note={[
          formatCounted(part.pages.length, 'page'),
          formatCounted(part.raw.length, 'raw file'),
          broken > 0 ? `${formatCounted(broken, 'page')} with a source that is not there` : null,
          bare > 0 ? `${formatCount(bare)} without a page` : null,
        ]
          .filter((word) => word !== null)
          .join(' · ')}
        actions={
          <>
            {part.indexPath !== null && <FileLink path={part.indexPath}>INDEX.md</FileLink>}
            <NewButton template="wiki-page">New page…</NewButton>
          </>
        }
      />
      {part.indexProblems.length > 0 && <IndexProblems problems={part.indexProblems} path={part.indexPath} />}
      <Split
        id="wiki"
        list={
          <RowList
            label="Pages and raw files"
            items={entries}
            keyOf={({ path }) => path}
            selected={chosen?.path ?? null}
            onSelect={(path) => go('wiki', path)}
            groupOf={({ page }) => (page === null ? 'Raw files' : 'Pages')}
            tall
            none="There is no page."
          >
            {({ page, raw, path }) =>
              page === null ? (
                <>
                  <span className="ag-row-title truncate">
                    <bdi>{visibleText(path.split('/').at(-1) ?? path)}</bdi>
                  </span>
                  <span className="ag-row-note truncate">
                    {formatBytes(raw?.bytes ?? 0)}
                    {raw?.pages.length === 0
                      ? ', without a page'
                      : `, in ${formatCounted(raw?.pages.length ?? 0, 'page')}`}
                  </span>
                </>
              ) : (
                <>
                  <span className="ag-row-title truncate">
                    <bdi>{visibleText(page.name ?? page.file)}</bdi>
                    {brokenLinks(page.links) > 0 && (
                      <Badge tone="warn">{`${formatCount(brokenLinks(page.links))} broken`}</Badge>
                    )}
                    <Flags flags={page.flags} />
                  </span>
                  <span className="ag-row-note truncate">
                    {visibleText(page.description ?? page.why ?? '')}
                  </span>
                </>
              )
            }
          </RowList>
        }
      >
        {chosen !== null && chosen.page !== null && (
          <NoteView key={chosen.path} note={chosen.page} index={part} />
        )}
        {chosen !== null && chosen.raw !== null && <RawFile raw={chosen.raw} />}
      </Split>
    </>
  );
}

/** Names of a page that lead to no file. */
const brokenLinks = (links: NoteRow['links']): number => links.filter(({ path }) => path === null).length;

function RawFile({ raw }: { readonly raw: Raw }) {
  return (
    <>
      <PageHead
        title={<bdi className="mono">{visibleText(raw.path.split('/').at(-1) ?? raw.path)}</bdi>}
        note={[raw.ingestedAt === null ? null : `taken in ${raw.ingestedAt}`, raw.sourceUrl]
          .filter((word) => word !== null)
          .map((word) => visibleText(word ?? ''))
          .join(' · ')}
        actions={raw.pages.map((path) => (
          <FileLink key={path} path={path} />
        ))}
      />
      <FileText path={raw.path} form="raw" />
    </>
  );
}
