import { AGENT_SHOTS } from './catalogue/agents-agent.ts';
import { AGENTS_COSTS_SHOTS } from './catalogue/agents-costs.ts';
import { AGENTS_EDIT_SHOTS } from './catalogue/agents-edit.ts';
import { RUNS_SHOTS } from './catalogue/agents-runs.ts';
import { AGENTS_FLEET_SHOTS } from './catalogue/agents-fleet.ts';
import { COMPARE_SHOTS } from './catalogue/compare.ts';
import { DIALOG_SHOTS } from './catalogue/dialogs.ts';
import { GRAPH_SHOTS } from './catalogue/graph.ts';
import { INTEGRITY_SHOTS } from './catalogue/integrity.ts';
import { LEDGER_SHOTS } from './catalogue/ledger.ts';
import { MERGE_SHOTS } from './catalogue/merge.ts';
import { NODE_SHOTS } from './catalogue/node.ts';
import { SHELL_SHOTS } from './catalogue/shell.ts';
import type { Shot } from './shot.ts';

/** Every view in its states: normal, empty, loading, error, very large. */
export const SHOTS: readonly Shot[] = [
  ...GRAPH_SHOTS,
  ...NODE_SHOTS,
  ...INTEGRITY_SHOTS,
  ...MERGE_SHOTS,
  ...COMPARE_SHOTS,
  ...AGENT_SHOTS,
  ...AGENTS_EDIT_SHOTS,
  ...AGENTS_COSTS_SHOTS,
  ...AGENTS_FLEET_SHOTS,
  ...RUNS_SHOTS,
  ...LEDGER_SHOTS,
  ...SHELL_SHOTS,
  ...DIALOG_SHOTS,
];

/** The pictures that the README shows, with their theme. */
export const README_SHOTS: ReadonlySet<string> = new Set([
  'graph-dark',
  'node-messages-light',
  'graph-zoomed-dark',
  'integrity-light',
  'merge-half-light',
  'compare-runs-light',
  'agents-costs-dark',
  'agents-fleet-light',
  'agents-agent-prompt-light',
  'agents-edit-model-dark',
  'agents-edit-changes-light',
  'ledger-tampered-dark',
  'ledger-execution-light',
  'ledger-proof-light',
]);
