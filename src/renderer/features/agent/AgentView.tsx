/** One agent. */
export function AgentView({ source, agent }: { readonly source: string; readonly agent: string }) {
  return <p>{[source, agent].join(' ')}</p>;
}
