import { useSettings } from '../../state/settings.ts';
import { HashText } from '../../ui/hash/HashText.tsx';
import { hintText } from '../../ui/visible-text.ts';
import { toldText, toldValues } from './told.ts';

type Props = {
  readonly text: string;
  /** what it stands beside, to be told from */
  readonly beside?: readonly string[];
};

const NONE: readonly string[] = [];

/** A text of the check in the window's own form of times and amounts; what is stored, on hover. */
export function Told({ text, beside = NONE }: Props) {
  const zone = useSettings((state) => state.time);
  const told = toldValues([text, ...beside], zone)[0] ?? toldText(text, zone);
  return told === text ? (
    <HashText text={told} />
  ) : (
    <span title={hintText(text)}>
      <HashText text={told} />
    </span>
  );
}
