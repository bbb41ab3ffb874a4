/* oxlint-disable jsx-a11y/prefer-tag-over-role -- no HTML element is a tree */
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import { openRuns, type AgentPlace } from '../../../state/agents.ts';
import { useSettings } from '../../../state/settings.ts';
import { openCosts } from '../../../state/tabs.ts';
import { useShortcuts } from '../../../ui/keyboard.ts';
import { agentQuery } from '../../runs/terms.ts';
import { OVERVIEW, PAGES, type AgentPage } from '../pages.ts';
import { focusBox } from '../parts/focus-box.ts';
import { useScene } from '../scene.ts';
import { outlineRows, rowOfPlace } from './entries.ts';
import { OutlineItem } from './OutlineItem.tsx';
import { useEmptyParts } from './use-empty.ts';
import './outline.css';

const SCOPE = { name: 'agent-outline', label: 'An agent' };

/** What takes the keys in a page: its text where one is typed in, else its list or what scrolls. */
const INTO = [
  '.ag-page .native-edit-context, .ag-page .monaco-editor textarea',
  '.ag-page [tabindex="0"]:not(button)',
  '.ag-page',
];

function intoPage(): void {
  for (const selector of INTO) {
    const found = [...document.querySelectorAll<HTMLElement>(selector)].find(
      (element) => element.getClientRects().length > 0,
    );
    if (found !== undefined) {
      found.focus();
      return;
    }
  }
}

/** What an agent is made of, in the order in which it is sent, then its pages. One tree for the keys. */
export function Outline({ place }: { readonly place: AgentPlace }) {
  const { source, agent, files, prompt, go } = useScene();
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const [head, setHead] = useState<string | null>(null);
  const empty = useEmptyParts(files.value);
  const rows = useMemo(
    () => outlineRows(files.value ?? [], prompt.value, folded),
    [files.value, prompt.value, folded],
  );
  // the page in front stays where it is, also when it turns out to be empty
  const isBare = ({ id, part }: AgentPage) => part !== null && empty.has(part) && id !== place.page;
  const pages = PAGES.filter((page) => !isBare(page));
  const nothing = PAGES.filter(isBare);
  const id = useId();
  const scroll = useRef<HTMLDivElement>(null);
  const size = useSettings((state) => state.uiSize);

  // the order of the keys: overview, rows, pages
  const count = 1 + rows.length + pages.length;
  const ofRow = rowOfPlace(rows, place);
  const ofPage = pages.findIndex((page) => page.id === place.page);
  const ofHead = rows.findIndex((row) => row.kind === 'head' && row.key === head);
  const chosen =
    place.page === OVERVIEW.id ? 0 : ofRow >= 0 ? 1 + ofRow : ofPage >= 0 ? 1 + rows.length + ofPage : -1;
  const at = ofHead >= 0 ? 1 + ofHead : chosen;

  // oxlint-disable-next-line react-hooks/incompatible-library -- no compiler memoises this component
  const virtual = useVirtualizer<HTMLDivElement, Element>({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => {
      const row = rows[index];
      if (row?.kind === 'head') return size + (index === 0 ? 15 : 21);
      return row?.why === null ? size + 14 : 2 * size + 18;
    },
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 10,
    paddingEnd: 8,
    rangeExtractor: useCallback(
      (range: Range) =>
        [...new Set([...defaultRangeExtractor(range), Math.max(0, at - 1)])]
          .filter((index) => index < range.count)
          .toSorted((a, b) => a - b),
      [at],
    ),
  });
  useEffect(() => virtual.measure(), [virtual, rows, size]);
  useEffect(() => {
    if (at >= 1 && at <= rows.length) virtual.scrollToIndex(at - 1, { align: 'auto' });
  }, [virtual, at, rows.length]);

  const openPage = (page: AgentPage) => {
    setHead(null);
    if (page.id === 'runs') openRuns(source, agentQuery(agent));
    else if (page.id === 'costs') openCosts(source, agent);
    else go(page.id);
  };
  const fold = (key: string, open: boolean) => {
    const name = key.replace(/^head /, '');
    setFolded((before) => {
      const next = new Set(before);
      if (open) next.delete(name);
      else next.add(name);
      return next;
    });
  };
  const moveTo = (index: number) => {
    const to = Math.max(0, Math.min(count - 1, index));
    if (to === 0) {
      openPage(OVERVIEW);
      return;
    }
    const row = rows[to - 1];
    if (row === undefined) {
      const page = pages[to - 1 - rows.length];
      // those that open a tab of their own wait for Enter
      if (page !== undefined && opensTab(page)) setHead(page.id);
      else if (page !== undefined) openPage(page);
    } else if (row.kind === 'head') setHead(row.key);
    else {
      setHead(null);
      go(row.place.page, row.place.item);
    }
  };
  const waiting = pages.findIndex((page) => opensTab(page) && page.id === head);
  const here = waiting >= 0 ? 1 + rows.length + waiting : at;
  const row = here >= 1 ? rows[here - 1] : undefined;
  const toHead = () => {
    const above = rows.findLastIndex((other, index) => index < here - 1 && other.kind === 'head');
    if (above >= 0 && row !== undefined) moveTo(above + 1);
  };
  useShortcuts(SCOPE, [
    { keys: 'ArrowDown', label: 'Next', run: () => moveTo(here + 1) },
    { keys: 'ArrowUp', label: 'Previous', run: () => moveTo(here - 1) },
    { keys: 'Home', label: 'Overview', run: () => moveTo(0) },
    { keys: 'End', label: 'Last page', run: () => moveTo(count - 1) },
    { keys: 'PageDown', label: 'Down a page', hidden: true, run: () => moveTo(here + 8) },
    { keys: 'PageUp', label: 'Up a page', hidden: true, run: () => moveTo(here - 8) },
    {
      keys: 'ArrowRight',
      label: 'Unfold',
      run: () => row?.kind === 'head' && (row.open ? moveTo(here + 1) : fold(row.key, true)),
    },
    {
      keys: 'ArrowLeft',
      label: 'Fold, or to the heading',
      run: () => (row?.kind === 'head' && row.open ? fold(row.key, false) : toHead()),
    },
    {
      keys: ['Enter', ' '],
      label: 'Open, or fold a heading',
      run: () => {
        if (row?.kind === 'head') fold(row.key, !row.open);
        else if (waiting >= 0) openPage(pages[waiting]!);
        else intoPage();
      },
    },
  ]);
  return (
    <div
      role="tree"
      tabIndex={0}
      className="ag-outline"
      aria-label={`Parts of ${agent}`}
      data-key-scope={SCOPE.name}
      data-key-default=""
      {...(here >= 0 ? { 'aria-activedescendant': `${id}-${here}` } : {})}
    >
      <PageRow id={`${id}-0`} page={OVERVIEW} selected={here === 0} onOpen={openPage} />
      <div ref={scroll} className="ag-outline-scroll" role="presentation">
        <div role="presentation" className="ag-outline-rows" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start, size: height, key }) => (
            <OutlineItem
              key={key}
              id={`${id}-${index + 1}`}
              row={rows[index]!}
              selected={here === index + 1}
              style={{ transform: `translateY(${start}px)`, height }}
              onPick={(event) => {
                focusBox(event);
                const picked = rows[index];
                if (picked?.kind === 'head') fold(picked.key, !picked.open);
                moveTo(index + 1);
              }}
            />
          ))}
        </div>
      </div>
      <div className="ag-outline-pages" role="presentation">
        <div
          className="ag-outline-grid"
          role="presentation"
          style={{ '--ag-rows': Math.ceil(pages.length / 2) } as object}
        >
          {pages.map((page, index) => (
            <PageRow
              key={page.id}
              id={`${id}-${1 + rows.length + index}`}
              page={page}
              selected={here === 1 + rows.length + index}
              onOpen={openPage}
            />
          ))}
        </div>
        {files.value === null && files.error !== null && (
          <p className="ag-outline-failed" role="presentation">
            The files can’t be listed. {files.error.message} {files.error.hint}
          </p>
        )}
        {nothing.length > 0 && (
          <p className="ag-outline-nothing" role="presentation">
            Nothing in: {nothing.map(({ label }) => label).join(', ')}
          </p>
        )}
      </div>
    </div>
  );
}

const opensTab = ({ id }: AgentPage): boolean => id === 'runs' || id === 'costs';

type PageRowProps = {
  readonly id: string;
  readonly page: AgentPage;
  readonly selected: boolean;
  readonly onOpen: (page: AgentPage) => void;
};

function PageRow({ id, page, selected, onOpen }: PageRowProps) {
  const Icon = page.icon;
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys of the tree are in the window's registry
    <div
      id={id}
      role="treeitem"
      tabIndex={-1}
      aria-level={1}
      aria-selected={selected}
      className="ag-outline-page"
      onClick={(event) => {
        focusBox(event);
        onOpen(page);
      }}
    >
      <Icon className="icon" size={14} aria-hidden />
      <span className="truncate">{page.label}</span>
    </div>
  );
}
