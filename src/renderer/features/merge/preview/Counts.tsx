import { Check, Combine, Equal, TriangleAlert } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { MergePreview } from '../../../../contract/merge.ts';
import { formatCounted } from '../../../ui/format.ts';

/** How many documents are taken from a side, put together, in conflict, and the same. */
export function Counts({ preview }: { readonly preview: MergePreview }) {
  const { ours, theirs, same, merged, conflicted } = preview.documents;
  // with four of them there is room for two words each
  const brief = merged > 0 && conflicted > 0;
  return (
    <ul className="mp-counts">
      <Count
        icon={Check}
        tone="ok"
        documents={ours + theirs}
        what={brief ? 'from one side' : 'taken from one side'}
      />
      {merged > 0 && <Count icon={Combine} tone="plain" documents={merged} what="put together" />}
      {conflicted > 0 && (
        <Count
          icon={TriangleAlert}
          tone="warn"
          documents={conflicted}
          what={`${formatCounted(preview.conflicts, 'conflict')}${brief ? '' : ' to resolve'}`}
        />
      )}
      {merged === 0 && conflicted === 0 && (
        <Count icon={TriangleAlert} tone="none" documents={0} what="nothing to resolve" />
      )}
      <Count
        icon={Equal}
        tone="plain"
        documents={same}
        what={brief ? 'same on both' : 'same on both sides'}
      />
    </ul>
  );
}

type CountProps = {
  readonly icon: LucideIcon;
  readonly tone: 'ok' | 'warn' | 'plain' | 'none';
  readonly documents: number;
  readonly what: string;
};

function Count({ icon: Icon, tone, documents, what }: CountProps) {
  return (
    <li data-tone={documents === 0 ? 'none' : tone}>
      <Icon className="icon" size={16} aria-hidden />
      <span>
        <strong>
          {documents === 0 && tone === 'none' ? 'No conflicts' : formatCounted(documents, 'document')}
        </strong>
        <span>{what}</span>
      </span>
    </li>
  );
}
