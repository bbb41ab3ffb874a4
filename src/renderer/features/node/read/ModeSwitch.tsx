import { Segmented } from '../../../ui/segmented/Segmented.tsx';
import { setReadMode, type ReadMode } from './mode.ts';
import './mode.css';

type Props = {
  readonly what: string;
  /** the stored bytes are a text that is no JSON */
  readonly text: boolean;
  readonly mode: ReadMode;
};

/** Readable or JSON, for all contents. `J` does the same. */
export function ModeSwitch({ what, text, mode }: Props) {
  return (
    <div className="n-mode">
      <Segmented<ReadMode>
        label={`Form of the ${what.toLowerCase()}`}
        value={mode}
        onChange={setReadMode}
        options={[
          { value: 'read', label: 'Readable' },
          { value: 'json', label: text ? 'As stored' : 'JSON' },
        ]}
      />
    </div>
  );
}
