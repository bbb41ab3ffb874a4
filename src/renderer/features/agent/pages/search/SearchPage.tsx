import { FileText as FileIcon, Search, SearchX } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import type { SearchAnswer, SearchHit } from '../../../../../contract/drafts.ts';
import { api } from '../../../../app/engine.ts';
import { useAnswer } from '../../../../app/use-answer.ts';
import { Button } from '../../../../ui/button/Button.tsx';
import { EmptyState } from '../../../../ui/empty/EmptyState.tsx';
import { FailureState } from '../../../../ui/empty/FailureState.tsx';
import { TextField } from '../../../../ui/field/TextField.tsx';
import { formatCounted } from '../../../../ui/format.ts';
import { useShortcuts } from '../../../../ui/keyboard.ts';
import { Segmented } from '../../../../ui/segmented/Segmented.tsx';
import { visibleText } from '../../../../ui/visible-text.ts';
import { openFile } from '../../../fleet/open.ts';
import { belowAgent } from '../../pages.ts';
import { PageHead } from '../../parts/PageHead.tsx';
import { RowList } from '../../parts/RowList.tsx';
import { Split } from '../../parts/Split.tsx';
import { useScene } from '../../scene.ts';
import { FileText } from '../../text/FileText.tsx';
import { Marked } from './Marked.tsx';
import { setSearchForm, useSearchAsked, useSearchForm } from './state.ts';
import { useRested } from './use-rested.ts';
import './search.css';

const SCOPE = { name: 'agent-search', label: 'Search in files' };

const keyOf = ({ path, line, from }: SearchHit): string => `${path}#L${line}:${from}`;

/** Search over all files of the agent. */
export function SearchPage() {
  const { source, agent, go } = useScene();
  const { text, everywhere, hit } = useSearchForm(source, agent);
  const set = (change: Parameters<typeof setSearchForm>[2]) => setSearchForm(source, agent, change);
  const asked = useRested(text);
  const whose = everywhere ? null : agent;
  const { value, error, stale, again } = useAnswer<SearchAnswer>(
    source,
    `search ${JSON.stringify([whose, asked])}`,
    async () =>
      asked.trim() === ''
        ? { ok: true, value: { hits: [], files: 0, left: [] } }
        : api.edits.search({ source, agent: whose, text: asked }),
  );
  const hits = useMemo(() => (text.trim() === '' ? [] : (value?.hits ?? [])), [value, text]);
  const at = Math.max(
    0,
    hits.findIndex((one) => keyOf(one) === hit),
  );
  const chosen = hits[at] ?? null;
  const field = useRef<HTMLInputElement>(null);
  const wanted = useSearchAsked();
  const before = useRef(0);
  useEffect(() => {
    // who walks through the outline by arrows stays there
    const walking = document.activeElement?.closest('[role="tree"]') !== null;
    if (wanted !== before.current || !walking) field.current?.focus();
    before.current = wanted;
  }, [wanted]);
  const open = (one: SearchHit | null) => {
    if (one === null) return;
    set({ hit: keyOf(one) });
    if (one.path.startsWith(`${agent}/`) || !everywhere) go('file', `${one.path}#L${one.line}`);
    else openFile(source, agent, one.path, one.line);
  };
  const move = (by: number) => {
    const next = hits[Math.max(0, Math.min(hits.length - 1, at + by))];
    if (next !== undefined) set({ hit: keyOf(next) });
  };
  const inField = () => document.activeElement === field.current;
  useShortcuts(SCOPE, [
    { keys: 'Enter', label: 'Open the place', fields: true, run: () => open(chosen) },
    { keys: 'ArrowDown', label: 'Next place', fields: true, when: inField, run: () => move(1) },
    { keys: 'ArrowUp', label: 'Previous place', fields: true, when: inField, run: () => move(-1) },
    { keys: 'PageDown', label: 'Down a page', fields: true, hidden: true, when: inField, run: () => move(8) },
    { keys: 'PageUp', label: 'Up a page', fields: true, hidden: true, when: inField, run: () => move(-8) },
    { keys: '/', label: 'Back to the search', run: () => field.current?.select() },
  ]);
  const searching = stale || asked !== text;
  return (
    <div className="se-page" data-key-scope={SCOPE.name}>
      <PageHead
        title="Search in files"
        note="Notes, pages, journal, persona, settings, conversations, dreams and evals. Runs have a search of their own."
      />
      <div className="ag-toolbar se-toolbar">
        <TextField
          ref={field}
          className="se-field"
          label="Search in files"
          hideLabel
          icon={Search}
          placeholder="Search in files"
          value={text}
          onChange={(next) => set({ text: next, hit: null })}
        />
        <Segmented<'own' | 'all'>
          label="Where"
          value={everywhere ? 'all' : 'own'}
          onChange={(next) => set({ everywhere: next === 'all', hit: null })}
          options={[
            { value: 'own', label: 'This agent' },
            { value: 'all', label: 'All agents' },
          ]}
        />
        <output className="ag-toolbar-count">
          {text.trim() === '' ? '' : countWords(hits, value, searching)}
        </output>
      </div>
      {value !== null && text.trim() !== '' && <Left answer={value} />}
      {error !== null && text.trim() !== '' ? (
        <FailureState
          error={error}
          actions={
            <Button size="small" onClick={again}>
              Search again
            </Button>
          }
        />
      ) : hits.length === 0 ? (
        <Nothing
          text={text}
          searching={searching}
          everywhere={everywhere}
          onAll={() => set({ everywhere: true })}
        />
      ) : (
        <Split
          id="search"
          list={
            <RowList<SearchHit>
              label="Places"
              items={hits}
              keyOf={keyOf}
              selected={chosen === null ? null : keyOf(chosen)}
              onSelect={(key) => set({ hit: key })}
              groupOf={({ path }) => visibleText(everywhere ? path : belowAgent(path, agent))}
              none="Nothing was found."
            >
              {(one) => (
                <span className="se-row" title={`Line ${one.line}`}>
                  <span className="se-line">{one.line}</span>
                  <Marked hit={one} />
                </span>
              )}
            </RowList>
          }
        >
          {chosen !== null && (
            <section className="se-shown" aria-label="The place in its file">
              <header className="se-head">
                <bdi className="mono truncate">{visibleText(belowAgent(chosen.path, agent))}</bdi>
                <span className="ag-muted">line {chosen.line}</span>
                <Button size="small" icon={FileIcon} onClick={() => open(chosen)}>
                  Open
                </Button>
              </header>
              <div className="se-text">
                <FileText key={chosen.path} path={chosen.path} form="raw" to={lineOf(chosen.line)} />
              </div>
            </section>
          )}
        </Split>
      )}
    </div>
  );
}

/** The same object for the same line, since a text goes to a line whenever it is given another one. */
const lines = new Map<number, { readonly line: number }>();
function lineOf(line: number): { readonly line: number } {
  const known = lines.get(line) ?? { line };
  lines.set(line, known);
  return known;
}

function countWords(hits: readonly SearchHit[], answer: SearchAnswer | null, searching: boolean): string {
  if (searching) return 'Searching';
  if (hits.length === 0) return '';
  return `${formatCounted(hits.length, 'place')} in ${formatCounted(answer?.files ?? 0, 'file')}`;
}

/** Why not everything was searched or listed. */
function Left({ answer }: { readonly answer: SearchAnswer }) {
  if (answer.left.length === 0) return null;
  return (
    <ul className="se-left">
      {answer.left.map((words) => (
        <li key={words}>{visibleText(words)}</li>
      ))}
    </ul>
  );
}

type NothingProps = {
  readonly text: string;
  readonly searching: boolean;
  readonly everywhere: boolean;
  readonly onAll: () => void;
};

function Nothing({ text, searching, everywhere, onAll }: NothingProps) {
  if (text.trim() === '') {
    return (
      <EmptyState icon={Search} title="Search what the agent is made of">
        <p>Type a word. Capital and small letters count as the same.</p>
      </EmptyState>
    );
  }
  if (searching) return null;
  return (
    <EmptyState
      icon={SearchX}
      title="Nothing was found"
      actions={
        everywhere ? undefined : (
          <Button size="small" onClick={onAll}>
            Search all agents
          </Button>
        )
      }
    >
      <p>No file holds “{visibleText(text)}”.</p>
    </EmptyState>
  );
}
