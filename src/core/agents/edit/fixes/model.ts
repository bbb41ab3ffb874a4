import { CAP_ACTIONS, parseModel } from '../../settings/model.ts';
import type { ModelSettings } from '../../settings/model.ts';
import { linesOf, nearest, withLine, withLineBelow } from './lines.ts';
import type { Mended } from './tools.ts';

/** The caps in dollars that `policy.md` sets for an agent; null: none. */
export type PolicyCapsUsd = { readonly dailyUsd: number | null; readonly monthlyUsd: number | null };

/** Days of the longest month: a monthly cap of as many daily ones stops nothing that the daily one lets through. */
const MONTH = 31;

const keyed = /^(\s*(?:"|')?[\w-]+(?:"|')?\s*:[ \t]*)(.*?)([ \t]*(?:#.*)?)$/;

/** Mends what a finding about `model.md` says; null where only a person can. */
export function mendModelLine(
  text: string,
  line: number,
  message: string,
  policy: PolicyCapsUsd,
): Mended | null {
  const row = linesOf(text)[line - 1]?.text;
  const parts = row === undefined ? null : keyed.exec(row);
  if (parts === null) return null;
  const [, before = '', value = '', after = ''] = parts;
  const set = (now: string): Mended => ({
    text: withLine(text, line, before + now + after),
    label: `Write ${before.trim()} ${now}`,
  });
  if (message.endsWith('which the runtime does not know.')) {
    return set(nearest(value.replaceAll(/["']/g, ''), CAP_ACTIONS) ?? 'alert');
  }
  if (message.endsWith('which counts as no cap.')) return set('0');
  const counts = /^enabled is a text, which counts as (on|off)\.$/.exec(message)?.[1];
  if (counts !== undefined) return set(counts === 'on' ? 'true' : 'false');
  if (message.startsWith('A warning threshold')) {
    const shares = sharesOf(value);
    return shares === null ? null : set(shares);
  }
  return message.includes('both caps are 0') ? mendCaps(text, policy) : null;
}

/** `[50, 80]` are per cents: `[0.5, 0.8]`. What is no share either way can't be told. */
function sharesOf(value: string): string | null {
  const list = /^\[([^\]]*)\]$/.exec(value.trim())?.[1];
  if (list === undefined) return null;
  const shares = list.split(',').map((one) => {
    const share = Number(one.trim().replace(/%$/, ''));
    return share > 1 ? share / 100 : share;
  });
  const sound = shares.every((share) => share >= 0 && share <= 1);
  return sound ? `[${shares.map((share) => String(Number(share.toFixed(4)))).join(', ')}]` : null;
}

/**
 * A cap for guardrails that are on with none: what `policy.md` or the other cap already holds an agent to, so that
 * nothing is stopped that was not. Where no cap holds at all, the guardrails are turned off.
 */
export function mendCaps(text: string, policy: PolicyCapsUsd): Mended | null {
  const model = parseModel(text);
  if (!model.enabled) return null;
  const daily = positive(model.dailyCapUsd) ?? policy.dailyUsd;
  const monthly = positive(model.monthlyCapUsd) ?? policy.monthlyUsd;
  if (daily === 0 || monthly === 0) return null;
  if (daily === null && monthly === null) {
    const off = setIn(text, model, 'enabled', 'false');
    return off === null ? null : { text: off, label: 'Turn the guardrails off: they stop nothing' };
  }
  const wanted = [
    ['daily_cap_usd', model.dailyCapUsd, daily ?? monthly!],
    ['monthly_cap_usd', model.monthlyCapUsd, monthly ?? daily! * MONTH],
  ] as const;
  let now = text;
  const said: string[] = [];
  for (const [key, is, cap] of wanted) {
    if (is > 0) continue;
    const dollars = String(Number(cap.toFixed(6)));
    const next = setIn(now, parseModel(now), key, dollars);
    if (next === null) return null;
    now = next;
    said.push(`${key}: ${dollars}`);
  }
  return said.length === 0 ? null : { text: now, label: `Write ${said.join(' and ')}` };
}

/** The text with a key of the guardrails saying something else; a new one stands below `enabled`. */
function setIn(text: string, model: ModelSettings, key: string, value: string): string | null {
  const at = model.lines.get(`cost_guardrails.${key}`);
  const lines = linesOf(text);
  if (at !== undefined) {
    const parts = keyed.exec(lines[at - 1]?.text ?? '');
    return parts === null ? null : withLine(text, at, `${parts[1]!}${value}${parts[3]!}`);
  }
  const enabled = model.lines.get('cost_guardrails.enabled');
  const row = enabled === undefined ? undefined : lines[enabled - 1]?.text;
  if (row === undefined || !keyed.test(row)) return null;
  return withLineBelow(text, enabled!, `${/^\s*/.exec(row)![0]}${key}: ${value}`);
}

function positive(dollars: number): number | null {
  return dollars > 0 && Number.isFinite(dollars) ? dollars : null;
}

/** `model.md` with everything mended that can be; null where nothing can. */
export function mendModel(text: string, policy: PolicyCapsUsd): string | null {
  let now = text;
  const tried = new Set<string>();
  for (;;) {
    const found = parseModel(now).findings.find(({ message }) => !tried.has(message));
    if (found === undefined) break;
    tried.add(found.message);
    const next = found.line === null ? null : mendModelLine(now, found.line, found.message, policy);
    if (next !== null) now = next.text;
  }
  now = mendCaps(now, policy)?.text ?? now;
  return now === text ? null : now;
}
