import { attempt } from '../../app/client.ts';
import { api } from '../../app/engine.ts';
import { askEdit, type EditForm } from '../../state/edit-form.ts';
import { dismissAbout, toast } from '../../state/toasts.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { dayOf } from './use-edit-plan.ts';

/** How often it is looked whether a run has ended, in ms: the end of a run changes no file that could be watched. */
const LOOK_MS = 3_000;

/** Waits until a change is no longer held up by a run, then offers it again. Nothing is written by itself. */
export function waitForRun(form: EditForm, title: string): void {
  const { source, change } = form;
  const about = `wait ${title}`;
  let timer = 0;
  const stop = () => {
    window.clearTimeout(timer);
    dismissAbout(about);
  };
  const look = async () => {
    const plan = await attempt(api.edits.plan({ source, today: dayOf(source, change), change }));
    if (plan.ok && plan.value.blocked !== null) {
      timer = window.setTimeout(() => void look(), LOOK_MS);
      return;
    }
    toast({
      kind: 'note',
      about,
      stay: true,
      title: plan.ok ? 'The run has ended' : plan.error.message,
      text: visibleText(title),
      action: {
        label: 'Look and write…',
        run: () => {
          stop();
          askEdit(form);
        },
      },
    });
  };
  toast({
    kind: 'note',
    about,
    stay: true,
    title: 'Waits for the run to end',
    text: visibleText(title),
    action: { label: 'Wait no longer', run: stop },
  });
  timer = window.setTimeout(() => void look(), LOOK_MS);
}
