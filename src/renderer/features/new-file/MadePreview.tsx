import type { TemplateField } from '../../../contract/drafts.ts';
import type { FileEdit } from '../../../contract/edits.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { shownText } from '../node/read/shown-text.ts';
import { addedPart } from './group-words.ts';
import type { Made } from './use-made.ts';

type Props = {
  readonly made: Made;
  /** the answers that are missing or wrong */
  readonly missing: readonly TemplateField[];
};

/** What the answers make, as text: the file, or the section that is added to one. */
export function MadePreview({ made, missing }: Props) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys
    <section className="nf-made" aria-label="What will be in the file" tabIndex={0}>
      {made.edits === null ? (
        <Missing made={made} missing={missing} />
      ) : (
        made.edits.map((edit) => <One key={edit.path} edit={edit} />)
      )}
    </section>
  );
}

/** `Title, Description and Sources`. */
const words = new Intl.ListFormat('en-GB');
const listWords = (names: readonly string[]): string => words.format(names);

function Missing({ made, missing }: Props) {
  if (made.error === null) return <p className="nf-quiet">Making the preview.</p>;
  if (made.error.kind !== 'bad-request')
    return <p className="field-error">{visibleText(made.error.message)}</p>;
  return (
    <p className="nf-quiet">
      The file shows here once {listWords(missing.map(({ label }) => label))}{' '}
      {missing.length === 1 ? 'is' : 'are'} answered.
    </p>
  );
}

function One({ edit }: { readonly edit: FileEdit }) {
  const text = edit.text ?? '';
  return (
    <article className="nf-one">
      <h3 className="nf-path">
        <bdi className="mono">{visibleText(edit.path)}</bdi>
        <span className="nf-quiet">{edit.base === null ? 'new' : 'added at its end'}</span>
      </h3>
      <pre className="nf-text">{shownText(edit.base === null ? text : addedPart(text))}</pre>
    </article>
  );
}
