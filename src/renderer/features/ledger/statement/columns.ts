/** A column of the statement; each has its place in the styles by `id`. */
export type Column = {
  readonly id:
    | 'chain'
    | 'entry'
    | 'time'
    | 'what'
    | 'detail'
    | 'agent'
    | 'execution'
    | 'reserved'
    | 'spent'
    | 'available';
  readonly name: string;
  readonly end?: boolean;
};

const COLUMNS: readonly Column[] = [
  { id: 'chain', name: 'Chain' },
  { id: 'entry', name: 'Entry', end: true },
  { id: 'time', name: 'Time' },
  { id: 'what', name: 'What' },
  { id: 'agent', name: 'Agent' },
  { id: 'detail', name: 'Detail' },
  { id: 'execution', name: 'Execution' },
  { id: 'reserved', name: 'Reserved', end: true },
  { id: 'spent', name: 'Spent', end: true },
  { id: 'available', name: 'Available', end: true },
];

/** The columns of one account, or of several, which also name the agents. */
export const columnsOf = (withAgent: boolean): readonly Column[] =>
  withAgent ? COLUMNS : COLUMNS.filter(({ id }) => id !== 'agent');
