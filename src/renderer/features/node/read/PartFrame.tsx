import { Braces } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../../../ui/button/Button.tsx';
import { CopyButton } from '../../../ui/copy/CopyButton.tsx';
import { visibleText } from '../../../ui/visible-text.ts';
import { Heading } from './Heading.tsx';
import type { Path } from './path.ts';
import { useRead } from './read-context.ts';

type Props = {
  readonly path: Path;
  /** the key it came from, else null */
  readonly title: string | null;
  /** what it is: Patch, Table, Terminal output */
  readonly kind: string;
  /** what there is to know at a glance */
  readonly detail?: ReactNode;
  /** the text to copy; null where there is none */
  readonly copy: (() => string) | null;
  readonly copyLabel?: string;
  readonly tools?: ReactNode;
  /** within a chat: no head of its own, the tools stand at the right end */
  readonly bare?: boolean;
  readonly children: ReactNode;
};

/** A part with its name and what can be done with it: copy, and see its place in the JSON. */
export function PartFrame({
  path,
  title,
  kind,
  detail,
  copy,
  copyLabel,
  tools,
  bare = false,
  children,
}: Props) {
  const { reveal, pointer } = useRead();
  const name = title === null ? kind : visibleText(title);
  return (
    <div className={`r-part ${bare && detail === undefined ? 'r-bare' : ''}`}>
      <div className="r-head">
        {!bare && (
          <Heading className={`r-name ${title === null ? '' : 'mono'}`}>
            <bdi>{name}</bdi>
          </Heading>
        )}
        {detail !== undefined && <span className="r-detail">{detail}</span>}
        <span className="r-tools">
          {tools}
          {copy !== null && (
            <CopyButton text={copy} label={copyLabel ?? `Copy ${title ?? kind.toLowerCase()}`} />
          )}
          <IconButton
            icon={Braces}
            size="small"
            label={`Show ${pointer(path) === '' ? 'it' : pointer(path)} in the JSON`}
            onClick={() => reveal(path)}
          />
        </span>
      </div>
      {children}
    </div>
  );
}
