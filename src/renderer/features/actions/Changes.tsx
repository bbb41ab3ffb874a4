import { ArrowRight } from 'lucide-react';
import type { HeadChange, RefChange } from '../../../contract/operations.ts';
import { shortHash } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { headText } from './words.ts';
import './actions.css';

export type ChangesProps = {
  readonly refs: readonly RefChange[];
  readonly head: HeadChange | null;
};

/** Each ref and HEAD, before and after, exactly as written. */
export function Changes({ refs, head }: ChangesProps) {
  return (
    <ul className="changes">
      {refs.map((change) => (
        <li key={change.name}>
          <ChangeMark before={change.before} after={change.after} />
          <bdi className="change-name">{visibleText(change.name)}</bdi>
          <HashOrNone hash={change.before} none="not there" />
          <ArrowRight className="icon" size={12} aria-label="becomes" />
          <HashOrNone hash={change.after} none="removed" />
        </li>
      ))}
      {head !== null && (
        <li>
          <span className="change-mark change-move">±</span>
          <span className="change-name">HEAD</span>
          <bdi title={head.before ?? 'The file HEAD is missing.'}>{visibleText(headText(head.before))}</bdi>
          <ArrowRight className="icon" size={12} aria-label="becomes" />
          <bdi title={head.after}>{visibleText(headText(head.after))}</bdi>
        </li>
      )}
    </ul>
  );
}

function ChangeMark({ before, after }: { readonly before: string | null; readonly after: string | null }) {
  if (before === null) return <span className="change-mark change-add">+</span>;
  if (after === null) return <span className="change-mark change-del">−</span>;
  return <span className="change-mark change-move">±</span>;
}

function HashOrNone({ hash, none }: { readonly hash: string | null; readonly none: string }) {
  if (hash === null) return <span className="change-none">{none}</span>;
  return <span title={hash}>{shortHash(hash)}</span>;
}
