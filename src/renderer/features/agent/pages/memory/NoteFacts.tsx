import type { NoteRow } from '../../../../../contract/agent-parts.ts';
import { formatBytes, formatCount } from '../../../../ui/format.ts';
import { visibleText } from '../../../../ui/visible-text.ts';
import { Fact, Facts } from '../../parts/Facts.tsx';

const text = (value: string | null): string => visibleText(value ?? '');
const list = (values: readonly string[]): string => values.map(visibleText).join(', ');

/** The frontmatter of a note as facts; what it does not say is left out (§2.4). */
export function NoteFacts({ note }: { readonly note: NoteRow }) {
  return (
    <section className="ag-side-part">
      <h3>Frontmatter</h3>
      <Facts>
        <Fact label="Name">{text(note.name)}</Fact>
        <Fact label="Description">{text(note.description)}</Fact>
        <Fact label="Type">{text(note.type)}</Fact>
        <Fact label="Confidence">{text(note.confidence)}</Fact>
        <Fact label="Provenance">{text(note.provenance)}</Fact>
        <Fact label="Captured">{text(note.captured)}</Fact>
        <Fact label="Last seen">{text(note.lastSeen)}</Fact>
        <Fact label="Expires">{text(note.expiresAt)}</Fact>
        <Fact label="Pinned">{note.pinned ? 'yes, sent before all others' : null}</Fact>
        <Fact label="Archived">{note.archived ? 'yes, left out of the normal lists' : null}</Fact>
        <Fact label="Sources">{list(note.sources)}</Fact>
        <Fact label="Tags">{list(note.tags)}</Fact>
        <Fact label="Supersedes">{list(note.supersedes)}</Fact>
        <Fact label="Superseded by">{text(note.supersededBy)}</Fact>
        <Fact label="Size">
          {formatBytes(note.bytes)}, ≈ {formatCount(note.tokens)} tokens
        </Fact>
      </Facts>
    </section>
  );
}
