import { useEffect, useRef, useState } from 'react';
import type { Template } from '../../../contract/drafts.ts';
import { api } from '../../app/engine.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { closeNewFileForm, useNewFileForm, type NewFileForm } from '../../state/new-file-form.ts';
import { Button } from '../../ui/button/Button.tsx';
import { Dialog } from '../../ui/dialog/Dialog.tsx';
import { FailureState } from '../../ui/empty/FailureState.tsx';
import { SkeletonRows } from '../../ui/skeleton/Skeleton.tsx';
import { visibleText } from '../../ui/visible-text.ts';
import { chooseTemplate, useAnswered } from './answers.ts';
import { wanted } from './group-words.ts';
import { TemplateForm } from './TemplateForm.tsx';
import { TemplateList } from './TemplateList.tsx';
import './new-file.css';

/** Makes files from the templates of the format. */
export function NewFileDialog() {
  const open = useNewFileForm((state) => state.open);
  if (open === null) return null;
  return <OpenForm key={JSON.stringify(open)} form={open} />;
}

function OpenForm({ form }: { readonly form: NewFileForm }) {
  const [agent, setAgent] = useState(form.agent);
  const place = { source: form.source, agent };
  const answered = useAnswered(place);
  const { value, error, again } = useAnswer(
    form.source,
    `templates ${JSON.stringify(agent)}`,
    () => api.edits.templates({ source: form.source, today: null, agent }),
    { keep: false },
  );
  // a template that was asked for by its name opens its form, once
  const asked = useRef(form.template);
  useEffect(() => {
    if (value === null || asked.current === null) return;
    const found = value.find(({ id }) => id === asked.current);
    chooseTemplate({ source: form.source, agent }, found?.blocked === null ? found.id : null);
    asked.current = null;
  }, [value, form.source, agent]);
  if (value === null) {
    return (
      <Dialog open width={520} onClose={closeNewFileForm} title="New file">
        {error === null ? (
          <SkeletonRows rows={8} label="Reading what can be made" />
        ) : (
          <FailureState
            error={error}
            actions={
              <Button size="small" onClick={again}>
                Read again
              </Button>
            }
          />
        )}
      </Dialog>
    );
  }
  const chosen = value.find(({ id, blocked }) => id === answered.template && blocked === null) ?? null;
  if (chosen !== null) {
    return (
      <TemplateForm
        key={chosen.id}
        place={place}
        template={chosen}
        values={answered.values[chosen.id] ?? {}}
        onBack={() => chooseTemplate(place, null)}
      />
    );
  }
  return (
    <TemplateList
      templates={value}
      first={wanted(value, form.template)}
      agent={agent}
      agents={form.agent === null ? [] : [form.agent]}
      onAgent={setAgent}
      onChoose={(template: Template) => chooseTemplate(place, template.id)}
      title={agent === null ? 'New file for all agents' : `New file of ${visibleText(agent)}`}
    />
  );
}
