import type { MergeText } from '../../../../contract/merge.ts';
import type { Zone } from '../../../ui/format.ts';
import { baseName, said } from '../names.ts';
import { SideHead } from './PaneHead.tsx';
import type { FourPanesProps } from './panes-props.ts';

export type Source = 'base' | 'ours' | 'theirs';

const KEYS = { base: '4', ours: '1', theirs: '2' } as const;

type Props = Pick<FourPanesProps, 'document' | 'names'> & {
  readonly side: Source;
  readonly text: MergeText | null;
  readonly zone: Zone;
  /** the current unit has this side now */
  readonly pressed: boolean;
  readonly blocked: string | null;
  /** another source stands in front of it */
  readonly hidden: boolean;
  /** the editors can't be loaded: the text stands there as it is */
  readonly plain: boolean;
  readonly onUse: () => void;
};

/** One of the three texts that the result is made of. */
export function SourcePane(props: Props) {
  const { side, document, names, text, zone, pressed, blocked, hidden, plain, onUse } = props;
  return (
    <section
      className="mp-pane"
      aria-label={side === 'base' ? baseName(names) : names[side].name}
      hidden={hidden}
    >
      <SideHead
        side={side === 'base' ? null : names[side]}
        base={baseName(names)}
        call={document[side]}
        synthetic={document.synthetic[side]}
        zone={zone}
        keys={KEYS[side]}
        pressed={pressed}
        blocked={blocked}
        onUse={onUse}
      />
      <div className="mp-area">
        <div data-pane={side} className="mp-host" />
        {text === null && <p className="mp-nothing">{nothingWords(side, names)}</p>}
        {plain && <pre className="mp-plain">{text?.text}</pre>}
      </div>
    </section>
  );
}

function nothingWords(side: Source, names: FourPanesProps['names']): string {
  if (names.files === true) {
    return side === 'base'
      ? 'Nothing: there was no file when you began, or what it was is not kept.'
      : side === 'ours'
        ? 'Nothing: your edit removes the file.'
        : 'Nothing: the file was removed.';
  }
  return side === 'base'
    ? 'Nothing: the last common call did not have this document.'
    : `Nothing: ${said(names[side])} does not have this document.`;
}
