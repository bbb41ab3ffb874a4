import { Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { JournalPart } from '../../../../../contract/agent-parts.ts';
import { Badge } from '../../../../ui/badge/Badge.tsx';
import { Button } from '../../../../ui/button/Button.tsx';
import { formatCount, formatCounted } from '../../../../ui/format.ts';
import { visibleText } from '../../../../ui/visible-text.ts';
import { PageHead } from '../../parts/PageHead.tsx';
import { PartGate } from '../../parts/PartGate.tsx';
import { RowList } from '../../parts/RowList.tsx';
import { Split } from '../../parts/Split.tsx';
import { useScene } from '../../scene.ts';
import { FileText, TextFormSwitch, type TextForm } from '../../text/FileText.tsx';
import { dayOfMonth, monthWords } from './months.ts';
import { NewEntry } from './NewEntry.tsx';
import './journal.css';

/** The item of the page that is an entry of a person, not written yet. */
const NEW = 'new';

/** What the agent wrote at the end of its days, by month (§2.7). */
export function JournalPage({ item }: { readonly item: string | null }) {
  return <PartGate part="journal">{(part) => <Journal part={part} item={item} />}</PartGate>;
}

function Journal({ part, item }: { readonly part: JournalPart; readonly item: string | null }) {
  const { go } = useScene();
  const [form, setForm] = useState<TextForm>('read');
  const entries = useMemo(
    () => part.entries.toSorted((a, b) => (b.path < a.path ? -1 : b.path > a.path ? 1 : 0)),
    [part],
  );
  const writing = item === NEW;
  const chosen = entries.find(({ path }) => path === item) ?? entries[0] ?? null;
  return (
    <>
      <PageHead
        title="Journal"
        note={`${formatCounted(entries.length, 'entry', 'entries')}; the newest one is sent with every run`}
        actions={
          <>
            {!writing && <TextFormSwitch value={form} onChange={setForm} />}
            <Button
              size="small"
              icon={Plus}
              pressed={writing}
              onClick={() => go('journal', writing ? null : NEW)}
            >
              Add an entry…
            </Button>
          </>
        }
      />
      <Split
        id="journal"
        list={
          <RowList
            label="Journal entries"
            items={entries}
            keyOf={({ path }) => path}
            selected={writing ? null : (chosen?.path ?? null)}
            onSelect={(path) => go('journal', path)}
            groupOf={({ day }) => monthWords(day)}
            tall
            none="Nothing was written yet."
          >
            {({ day, path, first, tokens, inPrompt, headings }) => (
              <>
                <span className="ag-row-title">
                  <span className="ag-day">
                    {dayOfMonth(day) ?? visibleText(path.split('/').at(-1) ?? path)}
                  </span>
                  {inPrompt && <Badge tone="ok">sent</Badge>}
                  <span className="ag-row-end">≈ {formatCount(tokens)}</span>
                </span>
                <span className="ag-row-note truncate">
                  {visibleText(first === '' ? headings.join(', ') : first)}
                </span>
              </>
            )}
          </RowList>
        }
      >
        {writing ? (
          <NewEntry onClose={() => go('journal')} />
        ) : (
          chosen !== null && <FileText path={chosen.path} form={form} />
        )}
      </Split>
    </>
  );
}
