import { CircleCheck, Save } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Failure } from '../../../../contract/failure.ts';
import type { MergeDocument, MergeTexts } from '../../../../contract/merge.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { formatCounted } from '../../../ui/format.ts';
import { Kbd } from '../../../ui/kbd/Kbd.tsx';
import { visibleText } from '../../../ui/visible-text.ts';
import { TextDiff } from '../../edit/diff/TextDiff.tsx';
import { textsOf } from '../state/kinds.ts';
import { useScene } from '../state/scene.ts';

/** Bytes of each text that are compared here. */
const LIMIT = 4 * 1024 * 1024;
/** Files whose results are shown one below the other. */
const MOST = 20;

type Props = { readonly busy: boolean; readonly onFinish: () => void };

/** Edits that fit together with what changed on disk: the results, and one button. */
export function BothFit({ busy, onFinish }: Props) {
  const { loaded } = useScene();
  const { documents } = loaded;
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus({ preventScroll: true }), []);
  const both = documents.some(({ state }) => state === 'merged');
  return (
    <div className="mg-fit">
      <div className="mg-fit-words">
        <CircleCheck className="icon mg-ok" size={20} aria-hidden />
        <div>
          <h3>{both ? 'Both changes fit together' : 'Nothing is in conflict'}</h3>
          <p>
            {both
              ? 'Your edit and what another program wrote are at different places. '
              : 'Only one side changed, or both did the same. '}
            This is what saving changes in {documents.length === 1 ? 'the file' : 'the files'} on disk.
          </p>
        </div>
        <Button
          ref={button}
          look="primary"
          icon={Save}
          disabled={busy}
          end={<Kbd keys="mod+Enter" />}
          onClick={onFinish}
        >
          Use the result
        </Button>
      </div>
      {documents.slice(0, MOST).map((document) => (
        <FileResult key={document.id} document={document} />
      ))}
      {documents.length > MOST && (
        <p className="mg-text-note">and {formatCounted(documents.length - MOST, 'more file')}</p>
      )}
    </div>
  );
}

type Answer = { readonly texts: MergeTexts | null; readonly error: Failure | null };

function FileResult({ document }: { readonly document: MergeDocument }) {
  const { source, names, loaded } = useScene();
  const { merge } = loaded;
  const [answer, setAnswer] = useState<Answer | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    const ask = async () => {
      const decision = { document: document.id, whole: null, reopened: false, choices: [] };
      const made = await textsOf(names, { source, merge, decision, limitBytes: LIMIT }, controller.signal);
      if (controller.signal.aborted) return;
      setAnswer(made.ok ? { texts: made.value, error: null } : { texts: null, error: made.error });
    };
    void ask();
    return () => controller.abort();
  }, [source, merge, names, document.id]);
  const texts = answer?.texts ?? null;
  return (
    <section className="mg-fit-file" aria-label={visibleText(document.title)}>
      <h4 className="mono">
        <bdi>{visibleText(document.title)}</bdi>
      </h4>
      {texts !== null &&
        (texts.result.text === texts.theirs?.text ? (
          <p className="mg-text-note">
            The file stays as it is on disk: nothing of your edit is left to write.
          </p>
        ) : (
          <TextDiff
            before={texts.theirs?.text ?? null}
            after={texts.result.text}
            label={`What saving changes in ${visibleText(document.title)}`}
            columns={false}
          />
        ))}
      {answer?.error && (
        <p className="mg-text-note">
          {answer.error.message} {answer.error.hint}
        </p>
      )}
    </section>
  );
}
