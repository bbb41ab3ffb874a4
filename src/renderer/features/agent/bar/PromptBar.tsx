import { formatCount } from '../../../ui/format.ts';
import { useScene } from '../scene.ts';
import { barOf, promptGroups } from './groups.ts';
import { SetSwitch } from './SetSwitch.tsx';
import './bar.css';

/** How much of the limit the assembled prompt takes, by what it is made of (§10). */
export function PromptBar() {
  const { prompt, go } = useScene();
  const { value, error } = prompt;
  if (value === null) {
    return (
      <section className="ag-bar" aria-label="Assembled prompt">
        <div className="ag-bar-line">
          <h3>Assembled prompt</h3>
          <span className="ag-bar-words">{error === null ? '' : error.message}</span>
          <SetSwitch />
        </div>
        <div className="ag-bar-track" />
      </section>
    );
  }
  const { widths, limitAt } = barOf(value);
  const groups = promptGroups(value.pieces);
  const over = value.tokens > value.limitTokens;
  return (
    <section className="ag-bar" aria-label="Assembled prompt">
      <div className="ag-bar-line">
        <h3>Assembled prompt</h3>
        <span className={`ag-bar-words ${over ? 'ag-bad' : ''}`}>
          ≈ {formatCount(value.tokens)} of {formatCount(value.limitTokens)} tokens
          <span className="ag-bar-how">, characters ÷ 4</span>
          {over && `, ${formatCount(value.tokens - value.limitTokens)} over the limit`}
        </span>
        {value.blocking.length > 0 && (
          <span className="ag-bad ag-bar-blocked truncate" title={value.blocking[0]}>
            The agent does not load: {value.blocking[0]}
          </span>
        )}
        <SetSwitch />
        <button type="button" className="ag-link ag-bar-open" onClick={() => go('prompt')}>
          Read the whole prompt
        </button>
      </div>
      <div className="ag-bar-track" aria-hidden>
        {groups.map(({ id, first, label, tokens }) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- the legend below does the same by key
          <span
            key={id}
            className="ag-bar-part"
            title={`${label} ${formatCount(tokens)}`}
            style={{ flexBasis: `${widths.get(id) ?? 0}%`, background: `var(--part-${id})` }}
            onClick={() => go('prompt', first)}
          />
        ))}
        {limitAt !== null && <span className="ag-bar-limit" style={{ insetInlineStart: `${limitAt}%` }} />}
      </div>
      <ul className="ag-bar-legend">
        {groups.map(({ id, label, tokens, first }) => (
          <li key={id}>
            <button type="button" className="ag-bar-key" onClick={() => go('prompt', first)}>
              <span className="ag-swatch" style={{ background: `var(--part-${id})` }} aria-hidden />
              {label} <span className="ag-num">{formatCount(tokens)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
