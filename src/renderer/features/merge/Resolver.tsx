import { useCallback, useMemo, useRef, type ReactNode } from 'react';
import { Header } from './head/Header.tsx';
import { Notes } from './head/Notes.tsx';
import { Notice } from './head/Notice.tsx';
import { DocumentList } from './documents/DocumentList.tsx';
import { DocumentPart } from './DocumentPart.tsx';
import { itemsOf } from './cards/items.ts';
import { MergeSceneProvider, type MergeScene } from './state/scene.ts';
import { foldId, useUnfolded } from './state/unfolded.ts';
import type { Loaded, Work } from './state/work.ts';
import { useKeptFocus } from './use-kept-focus.ts';
import { MERGE_SCOPE, useMergeKeys } from './use-merge-keys.ts';
import './merge.css';
import './cards/cards.css';
import './finish/finish.css';
import './narrow.css';

type ResolverProps = {
  readonly workKey: string;
  readonly work: Work;
  readonly loaded: Loaded;
  readonly label: string;
  /** what is merged, at the head */
  readonly titles: ReactNode;
  /** what stands in place of documents, where there is nothing to resolve */
  readonly instead: ReactNode;
  /** nothing is to be resolved any more */
  readonly over: boolean;
  /** the ways to end it */
  readonly bar: ReactNode;
  /** a person wants to end it by a key */
  readonly onFinish: () => void;
  /** what is looked at before it is ended */
  readonly dialog: ReactNode;
};

/** Cards, panes, keys and undo of a merge, whatever is merged. */
export function Resolver(props: ResolverProps) {
  const { workKey: key, work, loaded, label, titles, instead, over, bar, onFinish, dialog } = props;
  const wantsFocus = useRef(false);
  const takeFocus = useCallback(() => {
    wantsFocus.current = true;
  }, []);
  const root = useRef<HTMLElement>(null);
  const { source, editing, error } = work;
  const { documents, at, names, notes } = loaded;
  const fixed = work.written !== null || error !== null;
  const cards = work.mode === 'cards' && instead === null;
  const form = `${work.mode} ${work.written?.id ?? ''} ${at.document} ${editing === null} ${instead === null}`;
  useKeptFocus(root, cards, form, takeFocus);
  const scene = useMemo<MergeScene>(
    () => ({ key, source, names, loaded, editing, fixed, takeFocus }),
    [key, source, names, loaded, editing, fixed, takeFocus],
  );
  const document = documents[at.document] ?? null;
  const unfolded = useUnfolded(foldId(key, document?.id ?? '', 'automatic'));
  const standsIn = at.unit >= 0 && (document?.units[at.unit]?.taken ?? null) !== null;
  const automaticOpen = unfolded || standsIn || isFew(document?.units ?? []);
  const items = useMemo(
    () => (document === null ? null : itemsOf(document, automaticOpen)),
    [document, automaticOpen],
  );
  useMergeKeys({ key, work, loaded, items, takeFocus, onCommit: onFinish });
  return (
    <MergeSceneProvider value={scene}>
      <section
        ref={root}
        className="merge"
        aria-label={label}
        data-key-scope={MERGE_SCOPE.name}
        data-key-default
        tabIndex={-1}
      >
        <Header mode={work.mode} over={over}>
          {titles}
        </Header>
        {work.moved !== null && work.written === null && <Notice moved={work.moved} />}
        {work.written === null && notes.length > 0 && <Notes notes={notes} />}
        {instead !== null || document === null || items === null ? (
          instead
        ) : (
          <div className="mg-body">
            {(names.files !== true || documents.length > 1) && <DocumentList />}
            <DocumentPart document={document} items={items} mode={work.mode} wantsFocus={wantsFocus} />
          </div>
        )}
        {bar}
        {dialog}
      </section>
    </MergeSceneProvider>
  );
}

/** Places taken automatically up to which they are listed unasked. */
const FEW = 24;

function isFew(units: readonly { readonly taken: unknown }[]): boolean {
  let count = 0;
  for (const { taken } of units) {
    if (taken !== null) count += 1;
    if (count > FEW) return false;
  }
  return true;
}
