import { Pilcrow } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { IconButton } from '../../../ui/button/Button.tsx';
import { limits } from './limits.ts';
import { PartFrame } from './PartFrame.tsx';
import type { MarkdownPart } from './parts.ts';
import { TextBody } from './TextBody.tsx';
import { TextBoundary } from './TextBoundary.tsx';

const Body = lazy(async () => ({ default: (await import('./MarkdownBody.tsx')).MarkdownBody }));

type Props = { readonly part: MarkdownPart; readonly bare: boolean; readonly lines: number };

/** Markdown, laid out or as the text it is. */
export function MarkdownView({ part, bare, lines }: Props) {
  const [plain, setPlain] = useState(false);
  const text = <TextBody text={part.text} prose lines={lines} />;
  return (
    <PartFrame
      path={part.path}
      title={part.title}
      kind="Markdown"
      {...(part.title === null || bare ? {} : { detail: 'Markdown' })}
      copy={() => part.text}
      copyLabel="Copy the Markdown"
      bare={bare}
      tools={
        <IconButton
          icon={Pilcrow}
          size="small"
          label="Show the Markdown as plain text"
          pressed={plain}
          onClick={() => setPlain(!plain)}
        />
      }
    >
      {plain ? (
        text
      ) : (
        <TextBoundary fallback={text}>
          <Suspense fallback={text}>
            <Body text={part.text} lines={Math.max(lines, limits.lines)} />
          </Suspense>
        </TextBoundary>
      )}
    </PartFrame>
  );
}
