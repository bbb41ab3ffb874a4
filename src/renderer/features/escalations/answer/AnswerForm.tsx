import { lazy, Suspense, useId, useRef, useState } from 'react';
import type { ResolutionVerb } from '../../../../contract/edits.ts';
import type { Escalation } from '../../../../contract/escalations.ts';
import { nameProblem, noteProblem } from '../../../../core/agents/text/answer.ts';
import { askEdit } from '../../../state/edit-form.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { TextField } from '../../../ui/field/TextField.tsx';
import { Kbd } from '../../../ui/kbd/Kbd.tsx';
import { useShortcuts } from '../../../ui/keyboard.ts';
import { SkeletonRows } from '../../../ui/skeleton/Skeleton.tsx';
import { visibleText } from '../../../ui/visible-text.ts';
import { setEscalationForm } from '../state.ts';
import { composed } from './compose.ts';
import { dropAnswer, setAnswer, setAnswerName, useAnswerDraft, useAnswerName } from './state.ts';
import './answer.css';

const Amend = lazy(async () => ({ default: (await import('./Amend.tsx')).Amend }));

const SCOPE = { name: 'answer', label: 'Answering an escalation' };

/** The answers that there are, with the key of each and what the runtime makes of it (formats/atomic-agents.md §11). */
const ANSWERS: readonly {
  readonly verb: ResolutionVerb;
  readonly label: string;
  readonly key: string;
  readonly means: string;
}[] = [
  {
    verb: 'Approved',
    label: 'Approve',
    key: 'a',
    means: 'The agent does it once, exactly as proposed, when it looks for answers next.',
  },
  { verb: 'Denied', label: 'Reject', key: 'r', means: 'It is not done.' },
  {
    verb: 'Redacted',
    label: 'Redact',
    key: 'd',
    means: 'It is not done, and marked as what should not have been proposed. The text stays in the file.',
  },
  {
    verb: 'Revised',
    label: 'Amend…',
    key: 'm',
    means: 'It is done as you change it; what is of high risk then is judged a second time first.',
  },
];

type Props = { readonly source: string; readonly one: Escalation };

/** The answer of a person to a proposal: nothing is written before it was shown exactly. */
export function AnswerForm({ source, one }: Props) {
  const { path, proposalSha256: seen } = one;
  const draft = useAnswerDraft(source, path);
  const name = useAnswerName();
  const means = useId();
  const box = useRef<HTMLElement>(null);
  const nameField = useRef<HTMLInputElement>(null);
  const [byKey, setByKey] = useState(false);
  const set = (change: Parameters<typeof setAnswer>[3]) => setAnswer(source, path, seen, change);
  const choose = (verb: ResolutionVerb) => {
    if (barred(one, verb) === null) set({ verb: draft.verb === verb ? null : verb });
  };
  const changed = draft.proposal !== null && draft.proposal !== seen;
  const amended = draft.verb === 'Revised' ? composed(draft.amend) : null;
  const badName = name === '' ? null : nameProblem(name);
  const badNote = noteProblem(draft.note);
  const missing = whyNot();
  const review = () => {
    const { verb, note, proposal } = draft;
    if (missing !== null || verb === null || proposal === null) return;
    askEdit({
      source,
      change: {
        do: 'resolve',
        path,
        proposal,
        verb,
        by: name.trim(),
        note: note.trim() === '' ? null : note.trim(),
        amendment: amended?.text ?? null,
      },
      done: () => {
        dropAnswer(source, path);
        setEscalationForm(source, { path });
      },
    });
  };
  useShortcuts(SCOPE, [
    ...ANSWERS.map(({ verb, label, key }) => ({
      keys: key,
      label,
      run: () => {
        choose(verb);
        setByKey(true);
        // what is typed next is the name that is still needed, and no key of another answer
        if (verb !== 'Revised' && name.trim() === '') window.setTimeout(() => nameField.current?.focus(), 0);
      },
    })),
    { keys: 'Escape', label: 'Back to the list', fields: true, when: () => inside(box.current), run: toList },
    { keys: 'mod+Enter', label: 'Review the answer', fields: true, run: review },
  ]);

  function whyNot(): string | null {
    if (draft.verb === null) return 'Choose an answer.';
    if (changed) return 'The proposal changed: look at it again.';
    if (name.trim() === '') return 'Say who answers.';
    if (badName !== null || badNote !== null) return 'Mend what is marked.';
    return amended?.problem?.message ?? null;
  }

  return (
    <section ref={box} className="an" aria-label="Your answer">
      {changed && (
        <div className="an-changed" role="alert">
          <p>
            <strong>The proposal changed while you were answering.</strong> What stands above is what would be
            answered now.
          </p>
          <Button size="small" onClick={() => set({ proposal: seen, amend: { ...draft.amend, args: null } })}>
            I have looked at it
          </Button>
        </div>
      )}
      <div className="an-row">
        <fieldset className="an-verbs" aria-describedby={means}>
          <legend className="visually-hidden">Answer</legend>
          {ANSWERS.map(({ verb, label, key }) => {
            const why = barred(one, verb);
            return (
              <Button
                key={verb}
                pressed={draft.verb === verb}
                disabled={why !== null}
                onClick={() => choose(verb)}
                end={<Kbd keys={key} />}
              >
                {label}
              </Button>
            );
          })}
        </fieldset>
        <p id={means} className="an-means">
          {ANSWERS.find(({ verb }) => verb === draft.verb)?.means ??
            barred(one, 'Approved') ??
            'Nothing is written before you have seen it.'}
        </p>
      </div>
      {draft.verb !== null && (
        <>
          {draft.verb === 'Revised' && amended !== null && (
            <Suspense fallback={<SkeletonRows rows={4} label="Preparing the form" />}>
              <Amend
                takes={byKey}
                one={one}
                form={draft.amend}
                composed={amended}
                onChange={(amend) => set({ amend })}
              />
            </Suspense>
          )}
          <div className="an-fields">
            <TextField
              ref={nameField}
              label="Your name"
              value={name}
              onChange={setAnswerName}
              error={badName === null ? null : visibleText(badName)}
              maxLength={200}
              required
            />
            <TextField
              label="Note (optional, one line)"
              value={draft.note}
              onChange={(note) => set({ note })}
              error={badNote === null ? null : visibleText(badNote)}
              maxLength={4000}
              dir="auto"
            />
            <Button
              className="an-review"
              look="primary"
              disabled={missing !== null}
              onClick={review}
              end={<Kbd keys="mod+Enter" />}
            >
              Review answer…
            </Button>
          </div>
          {missing !== null && <p className="an-missing">{visibleText(missing)}</p>}
        </>
      )}
    </section>
  );
}

/** Why an answer makes no sense for a proposal, in words. */
function barred({ hashOk }: Escalation, verb: ResolutionVerb): string | null {
  if (hashOk !== false || verb === 'Denied' || verb === 'Redacted') return null;
  return 'The arguments are not those that were judged: it can be rejected or redacted.';
}

const inside = (box: HTMLElement | null): boolean => box?.contains(document.activeElement) === true;

const toList = (): void =>
  document.querySelector<HTMLElement>('#view [data-key-default]')?.focus({ preventScroll: true });
