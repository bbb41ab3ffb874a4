import { useState } from 'react';
import { api } from '../../app/engine.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { closeNewFileForm, useNewFileForm, type NewFileForm } from '../../state/new-file-form.ts';
import { Button } from '../../ui/button/Button.tsx';
import { Dialog } from '../../ui/dialog/Dialog.tsx';
import { FailureState } from '../../ui/empty/FailureState.tsx';
import { SkeletonRows } from '../../ui/skeleton/Skeleton.tsx';
import { visibleText } from '../../ui/visible-text.ts';
import { chooseTemplate, useAnswered } from './answers.ts';
import { inSentence, wanted } from './group-words.ts';
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
  // undefined: nothing was picked yet, so that what was asked for, or left open the last time, shows
  const [picked, setPicked] = useState<string | null | undefined>(undefined);
  const [last, setLast] = useState<string | null>(null);
  const place = { source: form.source, agent };
  const answered = useAnswered(place);
  const { value, error, again } = useAnswer(
    form.source,
    `templates ${JSON.stringify(agent)}`,
    () => api.edits.templates({ source: form.source, today: null, agent }),
    { keep: false },
  );
  const usable = value?.filter(({ blocked }) => blocked === null) ?? [];
  const wish = picked === undefined ? (form.template ?? answered.template) : picked;
  const chosen = usable.find(({ id }) => id === wish) ?? null;
  const choose = (template: string | null) => {
    setPicked(template);
    chooseTemplate(place, template);
  };
  const whose = agent === null ? '' : ` for ${visibleText(agent)}`;
  return (
    <Dialog
      open
      width={chosen === null ? 520 : 920}
      onClose={closeNewFileForm}
      title={
        chosen === null
          ? agent === null
            ? 'New file for all agents'
            : `New file${whose}`
          : `New ${inSentence(chosen.title)}${whose}`
      }
      {...(chosen === null ? {} : { description: chosen.about })}
    >
      {value === null && error === null && <SkeletonRows rows={8} label="Reading what can be made" />}
      {value === null && error !== null && (
        <FailureState
          error={error}
          actions={
            <Button size="small" onClick={again}>
              Read again
            </Button>
          }
        />
      )}
      {value !== null && chosen !== null && (
        <TemplateForm
          key={chosen.id}
          place={place}
          template={chosen}
          values={answered.values[chosen.id] ?? {}}
          onBack={() => {
            setLast(chosen.id);
            choose(null);
          }}
        />
      )}
      {value !== null && chosen === null && (
        <TemplateList
          templates={value}
          first={wanted(value, last ?? form.template)}
          agent={agent}
          agents={form.agent === null ? [] : [form.agent]}
          onAgent={(next) => {
            setAgent(next);
            setPicked(null);
          }}
          onChoose={({ id }) => choose(id)}
        />
      )}
    </Dialog>
  );
}
