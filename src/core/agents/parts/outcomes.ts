import type { OutcomesPart } from '../../../contract/agent-parts.ts';
import type { AgentFolder, FolderFile } from '../folder.ts';
import { micros, plainNumber, scalarText } from '../settings/numbers.ts';
import { isList, isMap } from '../../yaml/yaml-value.ts';
import type { YamlMap, YamlValue } from '../../yaml/yaml-value.ts';
import { fileOf, finding, foldersOf, oncePerFile, readJson } from './read.ts';

type Outcome = OutcomesPart['outcomes'][number];

const STATUSES = ['satisfied', 'max_iterations_reached', 'failed', 'interrupted'];

const readOutcome = oncePerFile((file: FolderFile): Outcome => {
  const read = readJson(file.text ?? '');
  const map: YamlMap = read.ok && isMap(read.value) ? read.value : new Map();
  const text = (key: string): string | null => scalarText(map.get(key));
  const iterations = map.get('iterations');
  const findings = [...file.findings];
  if (!read.ok) {
    findings.push(finding('error', file.noText ?? `It is no JSON: ${read.message}.`, '', read.line));
  } else if (!isMap(read.value)) findings.push(finding('error', 'It is no JSON object.'));
  const status = text('status') ?? '';
  if (read.ok && !STATUSES.includes(status)) {
    findings.push(finding('warning', `Its status “${status}” is none of ${STATUSES.join(', ')}.`));
  }
  return {
    path: file.path,
    runId: text('run_id') ?? file.path.split('/').at(-2) ?? '',
    description: text('description') ?? '',
    status,
    explanation: text('explanation') ?? '',
    rubric: text('rubric_source'),
    maxIterations: plainNumber(map.get('max_iterations')),
    costMicros: dollars(map.get('total_cost_usd')),
    inputTokens: plainNumber(map.get('total_input_tokens')) ?? 0,
    outputTokens: plainNumber(map.get('total_output_tokens')) ?? 0,
    startedAt: text('started_at'),
    endedAt: text('ended_at'),
    findings,
    iterations: (isList(iterations) ? iterations : []).filter(isMap).map((one, i) => ({
      iteration: plainNumber(one.get('iteration')) ?? i,
      response: scalarText(one.get('agent_response')) ?? '',
      verdict: scalarText(one.get('judge_verdict')) ?? '',
      judge: scalarText(one.get('judge_response_raw')) ?? '',
      costMicros: dollars(one.get('agent_cost_usd')),
      judgeCostMicros: dollars(one.get('judge_cost_usd')),
      latencyMs: plainNumber(one.get('agent_latency_ms')),
      at: scalarText(one.get('timestamp')),
    })),
  };
});

/** An amount as micro-dollars; null where it is no number. */
export function dollars(value: YamlValue | undefined): number | null {
  const number = plainNumber(value);
  return number === null || !Number.isFinite(number) ? null : micros(number);
}

/** The outcomes of an agent, newest first (formats/atomic-agents.md §2.14). */
export function readOutcomes(folder: AgentFolder, agent: string): OutcomesPart {
  const outcomes = foldersOf(folder, folder.pathOf(agent, 'outcomes/runs')).flatMap(({ path }) => {
    const file = fileOf(folder, `${path}/result.json`);
    return file === null ? [] : [readOutcome(file)];
  });
  return { part: 'outcomes', outcomes: outcomes.sort((a, b) => (when(a) < when(b) ? 1 : -1)) };
}

function when(one: Outcome): string {
  return one.startedAt ?? one.runId;
}
