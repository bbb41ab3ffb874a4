import { Segmented } from '../../../ui/segmented/Segmented.tsx';
import './layout-switch.css';

type Props = { readonly columns: boolean; readonly onChange: (columns: boolean) => void };

/** Whether differences stand in one column or side by side. */
export function LayoutSwitch({ columns, onChange }: Props) {
  return (
    <div className="layout-switch">
      <Segmented<'one' | 'two'>
        label="Layout of differences"
        value={columns ? 'two' : 'one'}
        onChange={(value) => onChange(value === 'two')}
        options={[
          { value: 'one', label: 'One column' },
          { value: 'two', label: 'Side by side' },
        ]}
      />
    </div>
  );
}
