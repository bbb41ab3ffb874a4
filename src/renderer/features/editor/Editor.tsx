import { Redo2, Undo2 } from 'lucide-react';
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import type { AgentFileDetail } from '../../../contract/agent-files.ts';
import type { FileEdit } from '../../../contract/edits.ts';
import { activeSet, LOOSE, useEdits } from '../../state/edits.ts';
import { Button, IconButton } from '../../ui/button/Button.tsx';
import { Kbd } from '../../ui/kbd/Kbd.tsx';
import { Segmented } from '../../ui/segmented/Segmented.tsx';
import { InertText } from '../agent/parts/InertText.tsx';
import { useScene } from '../agent/scene.ts';
import { bodyOf } from '../agent/text/frontmatter.ts';
import type { ToLine } from '../agent/text/TextPane.tsx';
import { useWidth } from '../compare/calls/use-width.ts';
import { Banners, KeptBeside } from './Banners.tsx';
import { CapsEffect } from './CapsEffect.tsx';
import { CheckList } from './CheckList.tsx';
import type { EditText } from './edit-handle.ts';
import { EditPane } from './EditPane.tsx';
import { FormPane } from './FormPane.tsx';
import { OutlinePane } from './OutlinePane.tsx';
import { saveFile } from './save.ts';
import { Status } from './Status.tsx';
import { useAbout } from './use-about.ts';
import { useChecks } from './use-checks.ts';
import { useEditing } from './use-edit.ts';
import { EDITOR_SCOPE, useEditorKeys } from './use-editor-keys.ts';
import { useFixes } from './use-fixes.ts';
import { firstView, viewsOf, type EditorView } from './views.ts';
import './editor.css';

type Props = {
  readonly file: AgentFileDetail;
  /** the line to go to */
  readonly to: ToLine | null;
  /** it takes the keys when it is there */
  readonly takes: boolean;
};

/** The width from which the form, the preview or the outline stands beside the text, in px. */
const BESIDE_FROM = 700;
const NO_EDITS = [] as const;
/** Where there is no room for the text beside its form, the keys go to the first field. */
const FIRST_FIELDS =
  '.ew-pane[hidden] + .ew-side :is(input:enabled, select:enabled, textarea:enabled, summary)';

/** The first field in sight; one in a folded row takes no keys. */
const firstField = (box: HTMLElement | null): HTMLElement | undefined =>
  [...(box?.querySelectorAll<HTMLElement>(FIRST_FIELDS) ?? [])].find((field) => field.checkVisibility());

/** The hash of what an edit begins with; a file that is not there yet has none. */
const baseOf = (draft: FileEdit | null, { sha256 }: AgentFileDetail): string | null =>
  draft !== null ? draft.base : sha256 === '' ? null : sha256;

/** A file of an agent being edited: its text, its form, what the format and the prompt say about it. */
export function Editor({ file, to, takes }: Props) {
  const { source, agent, today, prompt } = useScene();
  const [handle, setHandle] = useState<EditText | null>(null);
  const [cursor, setCursor] = useState(1);
  const [view, setView] = useState<EditorView>(() => firstView(file));
  const box = useRef<HTMLDivElement>(null);
  const status = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const beside = width !== null && width >= BESIDE_FROM;
  const set = activeSet(useEdits(source));
  const editing = useEditing(source, file, handle);
  const text = useDeferredValue(editing.text);
  const edit = useMemo(
    () => ({ path: file.path, base: baseOf(editing.draft, file), text: editing.own }),
    [file, editing.draft, editing.own],
  );
  const checks = useChecks(source, today, edit, set.id === LOOSE ? NO_EDITS : set.edits);
  const effect = checks.prompts.find((one) => one.agent === agent) ?? null;
  const about = useAbout(file);
  const sent = prompt.value?.pieces.some(({ path }) => path === file.path) === true;
  const limit = sent ? (prompt.value?.limitTokens ?? null) : null;

  useEffect(() => {
    if (!checks.stale) handle?.mark(checks.file?.findings ?? []);
  }, [handle, checks.stale, checks.file]);
  useEffect(() => {
    if (handle === null) return;
    if (to !== null) handle.reveal(to.line, true);
    else if (takes) (firstField(box.current) ?? handle).focus();
  }, [handle, to, takes]);

  const toLine = useCallback(
    (next: number, focus = true) => {
      if (focus && !beside) setView('text');
      // the text comes into sight first
      window.setTimeout(() => handle?.reveal(next, focus), 0);
    },
    [handle, beside],
  );
  const fix = useFixes(handle, editing.own, checks);
  const save = () => void saveFile(source, agent, file.path);
  const step = useEditorKeys({ handle, checks, cursor, save, fix, toLine });

  const showText = beside || view === 'text';
  return (
    <div ref={box} className="ew" data-key-scope={EDITOR_SCOPE.name}>
      <div className="ew-tools">
        <Segmented<EditorView>
          label={beside ? 'Beside the text' : 'Show'}
          value={view}
          onChange={setView}
          options={viewsOf(file).map(({ value, label, alone }) => ({
            value,
            label: beside && value === 'text' ? alone : label,
          }))}
        />
        <div className="ew-tools-space">{beside && <KeptBeside file={file} editing={editing} />}</div>
        <IconButton size="small" icon={Undo2} label="Undo" onClick={() => handle?.undo()} />
        <IconButton size="small" icon={Redo2} label="Redo" onClick={() => handle?.redo()} />
        <Button
          look="primary"
          size="small"
          disabled={editing.draft === null || editing.draft.text === null}
          onClick={save}
          end={<Kbd keys="mod+s" />}
        >
          {set.id === LOOSE ? 'Save…' : 'Keep in the set'}
        </Button>
      </div>
      <Banners file={file} editing={editing} prompts={checks.prompts} beside={beside} />
      <div className={`ew-panes ${beside && view !== 'text' ? 'ew-beside' : ''}`}>
        <div className="ew-pane" hidden={!showText}>
          <EditPane
            key={file.path}
            name={`${source}\n${file.path}`}
            text={editing.text}
            language={file.language}
            label={`Text of ${file.name}`}
            onChange={editing.typed}
            onCursor={setCursor}
            onStep={step}
            onReady={setHandle}
            leaveTo={status}
          />
        </div>
        {view !== 'text' && (
          <div className="ew-pane ew-side">
            {view === 'form' && (
              <FormPane
                file={file}
                about={about}
                text={text}
                onLine={toLine}
                onEdit={(make, group) => {
                  if (handle === null) return 'The text is not there yet.';
                  const made = make(handle.text());
                  if (!made.ok) return `${made.error.message} ${made.error.hint}`.trim();
                  handle.edit(made.value, group);
                  return null;
                }}
              />
            )}
            {view === 'preview' && (
              // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys
              <section className="ag-read" tabIndex={0} aria-label="Preview">
                <InertText text={bodyOf(text)} />
              </section>
            )}
            {view === 'outline' && <OutlinePane text={text} line={cursor} limit={limit} onLine={toLine} />}
          </div>
        )}
      </div>
      <CapsEffect caps={checks.caps} />
      <CheckList checks={checks} line={cursor} onLine={toLine} onFix={fix} />
      <Status
        ref={status}
        name={file.name}
        disk={file.tokens}
        typed={checks.file?.tokens ?? file.tokens}
        effect={effect}
        prompt={prompt.value}
        line={showText ? cursor : null}
      />
    </div>
  );
}
