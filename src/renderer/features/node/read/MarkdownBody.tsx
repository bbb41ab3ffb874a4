import { CheckSquare, Square } from 'lucide-react';
import { useMemo, type ReactNode } from 'react';
import Markdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { ExternalLink } from '../../../ui/external/ExternalLink.tsx';
import { openableAddress } from '../../../ui/external/address.ts';
import { Heading } from './Heading.tsx';
import { limits } from './limits.ts';
import { MoreButton, useMore } from './More.tsx';
import { cutAt, shownText } from './shown-text.ts';

const PLUGINS = [remarkGfm];

/**
 * Markdown as elements of ours: HTML in it stays text, pictures are named and never fetched, links ask first.
 */
export function MarkdownBody({ text, lines }: { readonly text: string; readonly lines: number }) {
  const { shown, showMore } = useMore(0, 1);
  const cut = cutAt(text, lines * 2 + shown * limits.moreLines, limits.chars * 2 + shown * limits.moreChars);
  const part = useMemo(() => shownText(text.slice(0, cut.end)), [text, cut.end]);
  return (
    <>
      <div className="r-markdown" dir="auto">
        <Markdown remarkPlugins={PLUGINS} components={COMPONENTS} urlTransform={keep}>
          {part}
        </Markdown>
      </div>
      <MoreButton
        left={cut.left}
        step={cut.by === 'lines' ? limits.moreLines : limits.moreChars}
        noun={cut.by}
        onClick={showMore}
      />
    </>
  );
}

/** Addresses are not loaded and not linked by the page, so they are handed on as they stand. */
const keep = (address: string): string => address;

const heading = (depth: number) =>
  function Title({ children }: { readonly children?: ReactNode }) {
    return (
      <Heading deeper={depth} className={`r-h r-h${depth}`}>
        {children}
      </Heading>
    );
  };

const COMPONENTS: Components = {
  h1: heading(1),
  h2: heading(2),
  h3: heading(3),
  h4: heading(4),
  h5: heading(5),
  h6: heading(6),
  a: ({ href, children }) => {
    const address = href ?? '';
    if (openableAddress(address) !== null) return <ExternalLink address={address}>{children}</ExternalLink>;
    return (
      <span>
        {children}
        {address !== '' && !address.startsWith('#') && <code className="r-address">{address}</code>}
      </span>
    );
  },
  img: ({ src, alt }) => {
    const address = typeof src === 'string' ? src : '';
    const short = address.length > 200 ? `${address.slice(0, 200)}…` : address;
    return (
      <span className="r-no-image">
        Picture, not loaded: {alt === undefined || alt === '' ? 'no description' : alt} <code>{short}</code>
      </span>
    );
  },
  input: ({ checked }) => (
    <>
      {checked === true ? (
        <CheckSquare className="icon r-check" size={14} aria-hidden />
      ) : (
        <Square className="icon r-check" size={14} aria-hidden />
      )}
      <span className="visually-hidden">{checked === true ? 'done: ' : 'open: '}</span>
    </>
  ),
  pre: ({ children }) => <pre className="r-fence">{children}</pre>,
  table: ({ children }) => (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys
    <section className="r-md-table" tabIndex={0} aria-label="Table">
      <table>{children}</table>
    </section>
  ),
};
