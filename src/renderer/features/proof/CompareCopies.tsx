import { useEffect, useId, useRef, useState, type FormEvent } from 'react';
import type { Failure } from '../../../contract/failure.ts';
import type { TwoCopies } from '../../../contract/ledger-detail.ts';
import { attempt } from '../../app/client.ts';
import { api } from '../../app/engine.ts';
import { useWorkspace } from '../../state/workspace.ts';
import { Button } from '../../ui/button/Button.tsx';
import { TextField } from '../../ui/field/TextField.tsx';
import { hintText, visibleText } from '../../ui/visible-text.ts';
import { Parted } from './Parted.tsx';
import './copies.css';

type State =
  | { readonly state: 'idle' | 'asking' }
  | { readonly state: 'done'; readonly value: TwoCopies }
  | { readonly state: 'failed'; readonly error: Failure };

/** Two copies of one ledger beside each other: how far they are the same, and where they part. */
export function CompareCopies({ source }: { readonly source: string }) {
  const others = (useWorkspace()?.sources ?? []).filter(({ kind, id }) => kind === 'aex' && id !== source);
  const [other, setOther] = useState(others[0]?.id ?? '');
  const [path, setPath] = useState('');
  const [answer, setAnswer] = useState<State>({ state: 'idle' });
  const select = useId();
  const result = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // the answer may lie below what is in sight
    if (answer.state === 'done' || answer.state === 'failed')
      result.current?.scrollIntoView({ block: 'nearest' });
  }, [answer]);
  const wanted = path.trim() === '' ? other : path.trim();
  const compare = async (event: FormEvent) => {
    event.preventDefault();
    if (wanted === '') return;
    setAnswer({ state: 'asking' });
    const got = await attempt(api.ledger.compare({ source, other: wanted }));
    setAnswer(got.ok ? { state: 'done', value: got.value } : { state: 'failed', error: got.error });
  };
  return (
    <section className="pf-part" aria-labelledby="pf-compare">
      <h3 id="pf-compare">Compare with another copy</h3>
      <form className="pf-compare" onSubmit={(event) => void compare(event)}>
        {others.length > 0 && (
          <div className="field">
            <label className="field-label" htmlFor={select}>
              Ledger of this workspace
            </label>
            <select
              id={select}
              className="pf-select"
              value={other}
              onChange={(event) => setOther(event.target.value)}
            >
              {others.map(({ id, name, path: file }) => (
                <option key={id} value={id} title={hintText(file)}>
                  {visibleText(name).slice(0, 80)}
                </option>
              ))}
            </select>
          </div>
        )}
        <TextField
          label={others.length > 0 ? 'Or the path of a file' : 'Path of the other file'}
          placeholder="/backup/aex.db"
          value={path}
          onChange={setPath}
          mono
        />
        <Button size="small" type="submit" disabled={wanted === '' || answer.state === 'asking'}>
          {answer.state === 'asking' ? 'Comparing' : 'Compare'}
        </Button>
      </form>
      <div aria-live="polite" ref={result}>
        {answer.state === 'failed' && (
          <p className="in-bad">
            {answer.error.message} {answer.error.hint}
          </p>
        )}
        {answer.state === 'done' && <Parted value={answer.value} />}
      </div>
    </section>
  );
}
