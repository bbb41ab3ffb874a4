import { GitMerge } from 'lucide-react';
import { useEffect, useRef, useState, type RefObject } from 'react';
import type { Failure } from '../../../../contract/failure.ts';
import type { DocumentRule, MergePreview, ToolRule } from '../../../../contract/merge.ts';
import { attempt } from '../../../app/client.ts';
import { api } from '../../../app/engine.ts';
import { closeMergePreview, openMergePreview, type MergeForm } from '../../../state/merge-form.ts';
import { openMerge } from '../../../state/tabs.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { Kbd } from '../../../ui/kbd/Kbd.tsx';
import { isCovered } from '../../../ui/keyboard.ts';
import { hintText } from '../../../ui/visible-text.ts';
import { finishAction } from '../../actions/finish.ts';
import type { DialogParts } from './dialog-parts.ts';
import { PreviewBody } from './PreviewBody.tsx';
import { PreviewFailed } from './PreviewFailed.tsx';
import { PreviewSkeleton } from './PreviewSkeleton.tsx';
import { useMergePlan } from './use-merge-plan.ts';
import { usePreview } from './use-preview.ts';
import { actionWords, blockedWords, verdictOf, verdictWords } from './words.ts';

/** What merging two branches would be, before anything is decided or written. */
export function usePreviewParts(
  source: string,
  { into, from }: MergeForm,
  first: RefObject<HTMLElement | null>,
): DialogParts {
  const { preview, error, busy, moves, again: previewAgain, stop } = usePreview(source, into, from);
  const [ruleError, setRuleError] = useState<Failure | null>(null);
  const [setting, setSetting] = useState(false);
  const plain = preview !== null && isPlain(preview);
  const {
    state,
    commit,
    again: planAgain,
  } = useMergePlan(source, plain ? preview.merge : null, (operation) => {
    closeMergePreview();
    finishAction(source, operation);
  });
  const primary = useRef<HTMLButtonElement>(null);
  const blocked = preview === null ? null : blockedWords(preview);
  const working = busy || setting;
  const ready =
    preview !== null && blocked === null && !working && (plain ? state.phase === 'planned' : true);
  const failure = error ?? (state.phase === 'failed' ? state.error : null);
  const next = failure !== null ? 'again' : preview?.already === true ? 'turn round' : ready ? 'go on' : null;
  useEffect(() => {
    // whoever has gone to another part of the dialog meanwhile stays there
    if (next !== null && isUnfocused(first.current)) primary.current?.focus();
  }, [next, first]);
  const again = () => {
    previewAgain();
    planAgain();
  };

  const setRules = async (rules: readonly (readonly [string, DocumentRule | null])[]) => {
    setSetting(true);
    setRuleError(null);
    for (const [tool, rule] of rules) {
      const answer = await attempt(api.merge.rule({ source, tool, rule }));
      if (!answer.ok) setRuleError(answer.error);
    }
    setSetting(false);
    again();
  };
  const confirm = (rules: readonly ToolRule[]) => {
    // the button that was pressed goes with its question
    first.current?.focus();
    void setRules(rules.map(({ tool, rule }) => [tool, rule]));
  };
  const resolve = () => {
    if (preview === null) return;
    closeMergePreview();
    openMerge(source, preview.into.name, preview.from.name);
    window.setTimeout(focusView, AFTER_CLOSE_MS);
  };
  const names = {
    into: hintText(preview?.into.name ?? into ?? 'the current branch'),
    from: hintText(from ?? ''),
  };
  const review = plain && !preview.already && documentsOf(preview) > 0;

  return {
    width: 648,
    title: `Merge ${names.from} into ${names.into}`,
    description: describe(preview, failure, names),
    actions: (
      <>
        <span className="mp-foot">
          {blocked === null || failure !== null ? (
            <>
              <Kbd keys="Escape" /> close
            </>
          ) : (
            <span className="mp-blocked">{blocked}</span>
          )}
        </span>
        <Button onClick={closeMergePreview}>{preview?.already === true ? 'Close' : 'Cancel'}</Button>
        {failure !== null ? (
          <Button ref={primary} look="primary" onClick={again}>
            Preview again
          </Button>
        ) : (
          <>
            {review && <Button onClick={resolve}>Review documents</Button>}
            {preview?.already === true ? (
              <Button
                ref={primary}
                look="primary"
                onClick={() => openMergePreview(source, { into: from, from: preview.into.name })}
              >
                {`Merge ${names.into} into ${names.from}…`}
              </Button>
            ) : (
              <Button
                ref={primary}
                look="primary"
                icon={GitMerge}
                disabled={!ready}
                onClick={plain ? commit : resolve}
              >
                {preview === null
                  ? 'Commit merge'
                  : state.phase === 'writing'
                    ? 'Writing'
                    : actionWords(preview)}
              </Button>
            )}
          </>
        )}
      </>
    ),
    body: (
      <div ref={first as RefObject<HTMLDivElement | null>} tabIndex={-1} className="mp" aria-busy={working}>
        {failure !== null ? (
          <PreviewFailed error={failure} />
        ) : preview === null ? (
          <PreviewSkeleton source={source} onStop={stop} />
        ) : (
          <PreviewBody
            preview={preview}
            plan={'plan' in state ? state.plan : null}
            moves={moves}
            writing={state.phase === 'writing'}
            ruleError={ruleError}
            onRule={(tool, rule) => void setRules([[tool, rule]])}
            onConfirm={confirm}
          />
        )}
      </div>
    ),
  };
}

/** By then the dialog has given the focus back, in ms. */
const AFTER_CLOSE_MS = 60;

/** The keys belong to the view that was opened. */
function focusView(): void {
  if (isCovered()) return;
  const view = document.getElementById('view');
  (view?.querySelector<HTMLElement>('[data-key-default]') ?? view)?.focus();
}

/** Nothing in the dialog has the focus but what had it first, or what had it went. */
function isUnfocused(first: HTMLElement | null): boolean {
  const at = document.activeElement;
  return at === null || at === first || at === document.body || at.matches('[role=dialog]');
}

/** Nobody has to decide anything: it can be written as it is. */
const isPlain = (preview: MergePreview): boolean =>
  verdictOf(preview) === 'clean' && preview.conflicts === 0 && preview.blocked === null;

const documentsOf = ({ documents }: MergePreview): number =>
  documents.ours + documents.theirs + documents.same + documents.merged + documents.conflicted;

function describe(
  preview: MergePreview | null,
  failure: Failure | null,
  names: { readonly into: string; readonly from: string },
): string | undefined {
  if (failure !== null) return undefined;
  if (preview === null) return 'Nothing is written until you commit.';
  return verdictWords(preview, names.into, names.from);
}
