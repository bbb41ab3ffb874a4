/** A value of a term as the query language reads it: quoted where it would end early or mean something else. */
export const valueText = (value: string): string =>
  /^[\p{L}\p{N}_.@+/#-]+$/u.test(value) && !value.startsWith('-')
    ? value
    : `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

/** The records of one agent. */
export const agentQuery = (agent: string): string => `agent:${valueText(agent)}`;

/** The records of one run. */
export const runQuery = (run: string): string => `run:${valueText(run)}`;
