import { PartFrame } from './PartFrame.tsx';
import type { CommandPart } from './parts.ts';
import { TextBody } from './TextBody.tsx';

/** A command as it was given to a shell. The dollar sign is drawn, not part of the text. */
export function CommandView({ part }: { readonly part: CommandPart }) {
  return (
    <PartFrame path={part.path} title={part.title} kind="Command" copy={() => part.text}>
      <div className="r-command">
        <TextBody text={part.text} />
      </div>
    </PartFrame>
  );
}
