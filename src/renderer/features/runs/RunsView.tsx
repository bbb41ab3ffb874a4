import { useRuns } from '../../state/agents.ts';
import { BadLines } from './bad/BadLines.tsx';
import { Records } from './Records.tsx';
import './runs.css';

/** The records of a query, or in their place the lines of the logs that are none. */
export function RunsView({ source }: { readonly source: string }) {
  const { bad } = useRuns(source);
  return bad ? <BadLines source={source} /> : <Records source={source} />;
}
