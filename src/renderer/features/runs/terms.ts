import { term } from '../../../core/records/query.ts';

/** The records of one agent. */
export const agentQuery = (agent: string): string => term('agent', agent);

/** The records of one run. */
export const runQuery = (run: string): string => term('run', run);
