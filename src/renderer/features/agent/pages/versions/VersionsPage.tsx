/** What the agent was over time, and what the runs under each version came to. */
export function VersionsPage() {
  return null;
}
