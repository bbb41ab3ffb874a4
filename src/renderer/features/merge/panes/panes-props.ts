import type { ReactNode } from 'react';
import type { Names } from '../names.ts';
import type { Choice, DocumentDecision, MergeDocument } from '../../../../contract/merge.ts';

export const PANES = ['base', 'ours', 'theirs', 'result'] as const;
/** One of the four texts. */
export type Pane = (typeof PANES)[number];

/** What the four panes show, and what they ask of the view around them. They keep no decision of their own. */
export type FourPanesProps = {
  readonly source: string;
  /** of `MergePreview.merge` */
  readonly merge: string;
  readonly document: MergeDocument;
  readonly decision: DocumentDecision;
  readonly names: Names;
  /** the unit that the cards stand at; null: none */
  readonly current: string | null;
  /** a person went to a unit in one of the panes */
  readonly onSelect: (unit: string) => void;
  /** a person settled a unit in the panes */
  readonly onChoose: (unit: string, choice: Choice) => void;
  /** a person wants to type in place of a unit */
  readonly onEdit: (unit: string) => void;
  /** the editor of the unit that is typed in now, shown at the result; null: nothing is typed */
  readonly editor: ReactNode;
  /** a merge that was written is only read */
  readonly fixed?: boolean;
};
