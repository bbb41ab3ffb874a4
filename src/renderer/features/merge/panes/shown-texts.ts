import type { MergeTexts } from '../../../../contract/merge.ts';
import { shownEndings } from './line-endings.ts';
import type { Shown } from './panes-editor.ts';
import type { FourPanesProps } from './panes-props.ts';

/** The texts as editors show them: with one kind of line break, and colours where they are JSON. */
export function shownOf(texts: MergeTexts, document: FourPanesProps['document'], files: boolean): Shown {
  const all = [texts.base, texts.ours, texts.theirs, texts.result] as const;
  const [base, ours, theirs, result] = shownEndings(all.map((text) => text?.text ?? ''));
  // lines of the document itself are those of a text, or of a JSON text that stands on one line
  const plain =
    files ||
    (document.units.some(({ path, what }) => path === '' && what === 'lines') &&
      !/^"[^\n]*"\n?$/.test(texts.result.text));
  return {
    json: !plain,
    origins: texts.origins,
    texts: {
      base: texts.base === null ? null : { ...texts.base, text: base! },
      ours: texts.ours === null ? null : { ...texts.ours, text: ours! },
      theirs: texts.theirs === null ? null : { ...texts.theirs, text: theirs! },
      result: { ...texts.result, text: result! },
    },
  };
}
