import type { FileFinding } from '../../../contract/agent-files.ts';
import { yamlBlocks } from '../text/fences.ts';
import { pyStrip } from '../text/python-text.ts';
import { isMap, truthy, typeName, yamlText } from '../../yaml/yaml-value.ts';
import type { YamlMap, YamlValue } from '../../yaml/yaml-value.ts';
import { plainNumber } from './numbers.ts';

/** Classes of actions in rising order (formats/atomic-agents.md §2.2). */
export const ACTION_CLASSES = ['read_only', 'reversible_write', 'external_side_effect', 'high_risk'] as const;
/** What a judge does with a class, the strictest last (§11). */
export const CLASS_POLICIES = ['bypass', 'allow_with_audit', 'judge_required', 'escalate'] as const;

const CLASS_DEFAULTS: Readonly<Record<string, string>> = {
  read_only: 'bypass',
  // a document says allow_with_audit; the code holds
  reversible_write: 'judge_required',
  external_side_effect: 'judge_required',
  high_risk: 'escalate',
};

/** `judges.md` as the runtime reads it. `from` says which file, null: there is none and no judge. */
export type JudgeSettings = {
  readonly from: string | null;
  readonly backend: string;
  readonly model: string | null;
  readonly timeoutMs: number;
  readonly budget: {
    readonly dailyUsd: number | null;
    readonly monthlyUsd: number | null;
    readonly perActionUsd: number | null;
  };
  readonly classPolicy: readonly {
    readonly class: string;
    readonly policy: string;
    readonly from: 'default' | 'judges.md' | 'floor';
  }[];
  readonly destination: string;
  readonly autoDecideAfterSeconds: number | null;
  /** by class, with `default` */
  readonly fallbackOnTimeout: ReadonlyMap<string, string>;
  readonly pollSeconds: number;
  readonly judgeCaptures: boolean;
  readonly validation: string;
  readonly lines: ReadonlyMap<string, number>;
  readonly findings: readonly FileFinding[];
  /** why the runtime would refuse the file, and with it the agent */
  readonly broken: string | null;
};

/** No file: no judge. The defaults show what one without a word would say. */
export const noJudges: JudgeSettings = {
  from: null,
  backend: 'rules',
  model: null,
  timeoutMs: 5000,
  budget: { dailyUsd: null, monthlyUsd: null, perActionUsd: null },
  classPolicy: ACTION_CLASSES.map((name) => ({
    class: name,
    policy: CLASS_DEFAULTS[name]!,
    from: 'default',
  })),
  destination: 'vault/escalations/',
  autoDecideAfterSeconds: null,
  fallbackOnTimeout: new Map([['default', 'block']]),
  pollSeconds: 60,
  judgeCaptures: false,
  validation: 'weakened',
  lines: new Map(),
  findings: [],
  broken: null,
};

/**
 * Reads `judges.md`: fenced yaml blocks, merged in order by their top keys (formats/atomic-agents.md §11). What the
 * runtime refuses is a finding and `broken`; the other values are given all the same.
 */
export function parseJudges(text: string, from: string): JudgeSettings {
  const findings: FileFinding[] = [];
  const lines = new Map<string, number>();
  const merged = new Map<YamlValue, YamlValue>();
  const problem = (message: string, key: string | null, line?: number): void => {
    findings.push({
      severity: 'error',
      message,
      hint: 'The runtime refuses the file, and the agent with it, until this is mended.',
      line: line ?? (key === null ? null : (lines.get(key) ?? null)),
    });
  };
  for (const block of yamlBlocks(text)) {
    if (block.problem !== null) {
      problem(`A yaml block cannot be read: ${block.problem.message}.`, null, block.problem.line);
    } else if (block.value !== null && !isMap(block.value)) {
      problem(`A yaml block holds ${typeName(block.value)} instead of keys.`, null, block.line);
    } else if (isMap(block.value)) {
      for (const [key, value] of block.value) merged.set(key, value);
      for (const [key, line] of block.lines) lines.set(key, line);
    }
  }
  const read = new Reader(merged, problem);
  const escalation = read.map('escalation');
  const budget = read.map('budget');
  const inside = (map: YamlMap | null, name: string): Reader => new Reader(map ?? new Map(), problem, name);
  const own = inside(escalation, 'escalation');
  const money = inside(budget, 'budget');
  failurePolicy(merged.get('failure_policy'), (message) => problem(message, 'failure_policy'));
  const validation = validationOf(merged.get('validation'), (message) => problem(message, 'validation'));
  const backend = merged.get('backend');
  const model = merged.get('model');
  return {
    from,
    backend: truthy(backend) ? yamlText(backend) : textOr(merged.get('default_backend'), 'rules'),
    model: truthy(model) ? yamlText(model) : nullable(merged.get('default_model')),
    timeoutMs: read.whole('timeout_ms') ?? 5000,
    budget: {
      dailyUsd: money.money('daily_usd'),
      monthlyUsd: money.money('monthly_usd'),
      perActionUsd: money.money('per_action_usd'),
    },
    classPolicy: classPolicy(merged.get('class_policy'), (message) => problem(message, 'class_policy')),
    destination:
      escalation?.has('destination') === true
        ? yamlText(escalation.get('destination'))
        : 'vault/escalations/',
    autoDecideAfterSeconds: own.whole('auto_decide_after_seconds'),
    fallbackOnTimeout: fallback(escalation?.get('fallback_on_timeout'), (message) =>
      problem(message, 'escalation'),
    ),
    pollSeconds: own.whole('resolution_poll_cycle_seconds') ?? 60,
    judgeCaptures: truthy(merged.get('judge_captures')),
    validation,
    lines,
    findings,
    broken: findings[0]?.message ?? null,
  };
}

class Reader {
  private readonly source: YamlMap;
  private readonly problem: (message: string, key: string) => void;
  private readonly within: string | null;

  constructor(
    source: YamlMap,
    problem: (message: string, key: string) => void,
    within: string | null = null,
  ) {
    this.source = source;
    this.problem = problem;
    this.within = within;
  }

  private tell(key: string, what: string): null {
    this.problem(`${this.within === null ? key : `${this.within}.${key}`} ${what}.`, this.within ?? key);
    return null;
  }

  map(key: string): YamlMap | null {
    const value = this.source.get(key);
    if (value === undefined || value === null) return null;
    return isMap(value) ? value : this.tell(key, `holds ${typeName(value)} instead of keys`);
  }

  whole(key: string): number | null {
    const value = this.source.get(key);
    if (value === undefined || value === null) return null;
    if (typeof value !== 'bigint') return this.tell(key, `is ${typeName(value)}, not a whole number`);
    return value < 0n ? this.tell(key, 'is below 0') : Number(value);
  }

  money(key: string): number | null {
    const value = this.source.get(key);
    if (value === undefined || value === null) return null;
    const number = plainNumber(value);
    if (number === null) return this.tell(key, `is ${typeName(value)}, not a number`);
    return number < 0 ? this.tell(key, 'is below 0') : number;
  }
}

function textOr(value: YamlValue | undefined, fallbackText: string): string {
  return truthy(value) ? yamlText(value) : fallbackText;
}

function nullable(value: YamlValue | undefined): string | null {
  return value === undefined || value === null ? null : yamlText(value);
}

function classPolicy(
  value: YamlValue | undefined,
  problem: (message: string) => void,
): JudgeSettings['classPolicy'] {
  if (value !== undefined && value !== null && !isMap(value)) {
    problem(`class_policy holds ${typeName(value)} instead of classes.`);
  }
  const map: YamlMap = isMap(value) ? value : new Map();
  for (const key of map.keys()) {
    if (!(ACTION_CLASSES as readonly string[]).includes(yamlText(key))) {
      problem(`class_policy names the unknown class ${yamlText(key)}.`);
    }
  }
  return ACTION_CLASSES.map((name) => {
    const raw = map.get(name);
    if (raw === undefined || raw === null)
      return { class: name, policy: CLASS_DEFAULTS[name]!, from: 'default' };
    const policy = typeof raw === 'string' ? pyStrip(raw.toLowerCase()) : yamlText(raw);
    if (!(CLASS_POLICIES as readonly string[]).includes(policy)) {
      problem(`class_policy.${name} is “${policy}”, none of ${CLASS_POLICIES.join(', ')}.`);
    }
    return { class: name, policy, from: 'judges.md' };
  });
}

/** A single word, as a document shows it, is refused by the code: it wants a mapping. */
function failurePolicy(value: YamlValue | undefined, problem: (message: string) => void): void {
  if (value === undefined || value === null || isMap(value)) return;
  problem(`failure_policy is ${typeName(value)}; the runtime takes only a mapping of errors or classes.`);
}

function fallback(
  value: YamlValue | undefined,
  problem: (message: string) => void,
): ReadonlyMap<string, string> {
  if (value === undefined) return new Map([['default', 'block']]);
  const outcome = (raw: YamlValue): string => {
    const text = typeof raw === 'string' ? pyStrip(raw.toLowerCase()) : yamlText(raw);
    if (text !== 'allow' && text !== 'block') {
      problem(`escalation.fallback_on_timeout is “${text}”, neither allow nor block.`);
    }
    return text;
  };
  if (!isMap(value)) return new Map([['default', outcome(value)]]);
  const all = new Map<string, string>();
  for (const [key, raw] of value) {
    const name = yamlText(key);
    if (name !== 'default' && !(ACTION_CLASSES as readonly string[]).includes(name)) {
      problem(`escalation.fallback_on_timeout names the unknown class ${name}.`);
    }
    all.set(name, outcome(raw));
  }
  if (!all.has('default')) problem('escalation.fallback_on_timeout has no default.');
  return all;
}

function validationOf(value: YamlValue | undefined, problem: (message: string) => void): string {
  if (value === undefined || value === null) return 'weakened';
  const text = typeof value === 'string' ? pyStrip(value.toLowerCase()) : yamlText(value);
  if (text !== 'weakened' && text !== 'strict')
    problem(`validation is “${text}”, neither weakened nor strict.`);
  return text;
}

const strictness = (policy: string): number => (CLASS_POLICIES as readonly string[]).indexOf(policy);

/** An agent's judges above a floor that it may tighten and never relax; a class that it relaxes is refused. */
export function withFloor(own: JudgeSettings | null, floor: JudgeSettings): JudgeSettings {
  if (own === null) {
    return {
      ...floor,
      classPolicy: floor.classPolicy.map((one) => Object.assign({}, one, { from: 'floor' as const })),
    };
  }
  const findings = [...own.findings];
  const classes = own.classPolicy.map((one) => {
    const below = floor.classPolicy.find((other) => other.class === one.class)!;
    if (one.from === 'default') return { class: one.class, policy: below.policy, from: 'floor' as const };
    if (strictness(one.policy) < strictness(below.policy)) {
      findings.push({
        severity: 'error',
        message: `${one.class} is ${one.policy}, which relaxes the floor of ${below.policy} in ${floor.from ?? 'the floor'}.`,
        hint: 'The runtime refuses the agent until it is at least as strict.',
        line: own.lines.get('class_policy') ?? null,
      });
    }
    return one;
  });
  return {
    ...own,
    model: own.model ?? floor.model,
    classPolicy: classes,
    judgeCaptures: own.judgeCaptures || floor.judgeCaptures,
    findings,
    broken: findings.find(({ severity }) => severity === 'error')?.message ?? null,
  };
}
