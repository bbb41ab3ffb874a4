import { lazy, Suspense } from 'react';
import { limits } from '../../node/read/limits.ts';
import { TextBody } from '../../node/read/TextBody.tsx';
import { TextBoundary } from '../../node/read/TextBoundary.tsx';
import { LevelProvider } from '../../node/read/read-context.ts';
import '../../node/read/read.css';
import '../../node/read/forms.css';

const Body = lazy(async () => ({ default: (await import('../../node/read/MarkdownBody.tsx')).MarkdownBody }));

/** The level of the heading that stands above every text of an agent. */
const ABOVE = 3;

/** Lines of a text of an agent that are laid out at once; beyond, it comes in steps. */
const LINES = 400;

/** Markdown of an agent, laid out: no HTML, nothing fetched, links ask first (§15). */
export function InertText({ text }: { readonly text: string }) {
  const plain = <TextBody text={text} prose lines={LINES} />;
  if (text.trim() === '') return <p className="ag-quiet">Nothing is written here.</p>;
  if (text.length > limits.markdownChars) return <div className="ag-text">{plain}</div>;
  return (
    <div className="ag-text">
      <TextBoundary fallback={plain}>
        <Suspense fallback={plain}>
          <LevelProvider value={ABOVE}>
            <Body text={text} lines={LINES} />
          </LevelProvider>
        </Suspense>
      </TextBoundary>
    </div>
  );
}
