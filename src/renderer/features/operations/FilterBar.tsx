import { ListFilter } from 'lucide-react';
import { TextField } from '../../ui/field/TextField.tsx';
import { formatCount } from '../../ui/format.ts';

type Props = {
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** operations that are listed, and all there are */
  readonly shown: number;
  readonly total: number;
};

/** What narrows a list of operations, and how many it leaves. */
export function FilterBar({ placeholder, value, onChange, shown, total }: Props) {
  return (
    <div className="pane-bar">
      <TextField
        label="Filter operations"
        hideLabel
        placeholder={placeholder}
        icon={ListFilter}
        value={value}
        onChange={onChange}
        className="pane-filter"
      />
      <output className="pane-count">
        {shown === total ? formatCount(total) : `${formatCount(shown)} of ${formatCount(total)}`}
      </output>
    </div>
  );
}
