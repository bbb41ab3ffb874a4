import { OneRecord } from './RecordInspector.tsx';

/** One record with what it started, as a tab of its own. */
export function RecordView({ source, id }: { readonly source: string; readonly id: string }) {
  return <OneRecord source={source} id={id} where="tab" />;
}
