import { TriangleAlert } from 'lucide-react';
import type { PromptEffect } from '../../../contract/drafts.ts';
import { formatCount } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import './edit.css';

/** What a change does to the prompts that agents are sent: sizes before and after, what leaves and enters. */
export function PromptEffects({ prompts }: { readonly prompts: readonly PromptEffect[] }) {
  return (
    <div className="ed-prompts">
      {prompts.map((prompt) => (
        <Effect key={prompt.agent} prompt={prompt} />
      ))}
    </div>
  );
}

function Effect({ prompt }: { readonly prompt: PromptEffect }) {
  const { agent, beforeTokens, afterTokens, limitTokens, pieces, leaves, enters, blocking } = prompt;
  const over = afterTokens > limitTokens;
  return (
    <div className="ed-prompt">
      <table className="ed-table">
        <caption>
          <bdi>{visibleText(agent)}</bdi>
          <span className={over ? 'ed-over' : 'ed-muted'}>
            ≈ {formatCount(beforeTokens)} → {formatCount(afterTokens)} of {formatCount(limitTokens)} tokens
            {over && `, ${formatCount(afterTokens - limitTokens)} over the limit`}
          </span>
        </caption>
        {pieces.length > 0 && (
          <>
            <thead>
              <tr>
                <th scope="col">Piece of the prompt</th>
                <th scope="col">Before</th>
                <th scope="col">After</th>
                <th scope="col">Change</th>
              </tr>
            </thead>
            <tbody>
              {pieces.map(({ key, title, beforeTokens: was, afterTokens: is }) => (
                <tr key={key}>
                  <th scope="row">
                    <bdi>{visibleText(title)}</bdi>
                  </th>
                  <td>{was === null ? 'not sent' : formatCount(was)}</td>
                  <td>{is === null ? 'not sent' : formatCount(is)}</td>
                  <td>{signed((is ?? 0) - (was ?? 0))}</td>
                </tr>
              ))}
            </tbody>
          </>
        )}
      </table>
      {leaves.length > 0 && <p className="ed-note">No longer sent: {leaves.map(visibleText).join(', ')}</p>}
      {enters.length > 0 && <p className="ed-note">Newly sent: {enters.map(visibleText).join(', ')}</p>}
      {blocking.map((why) => (
        <p key={why} className="ed-blocking">
          <TriangleAlert className="icon" size={14} aria-hidden />
          <span>The agent would no longer load: {visibleText(why)}</span>
        </p>
      ))}
    </div>
  );
}

/** A difference with its sign. */
export const signed = (by: number): string =>
  by === 0 ? '0' : by > 0 ? `+${formatCount(by)}` : `−${formatCount(-by)}`;
