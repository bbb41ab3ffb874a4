import { TriangleAlert } from 'lucide-react';
import type { DocumentRule, MergePreview, ToolRule } from '../../../../contract/merge.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { MiddleText } from '../../../ui/middle/MiddleText.tsx';
import { visibleText } from '../../../ui/visible-text.ts';
import { RulePicker } from './RulePicker.tsx';
import { documentsWords, ruleText } from './rule-words.ts';
import { openRules } from './words.ts';

export type RuleTableProps = {
  readonly preview: MergePreview;
  readonly busy: boolean;
  readonly onRule: (tool: string, rule: DocumentRule | null) => void;
  readonly onConfirm: (rules: readonly ToolRule[]) => void;
};

/** What counts as one document of each tool that both sides called. An assumption comes first and asks to be confirmed. */
export function RuleTable({ preview, busy, onRule, onConfirm }: RuleTableProps) {
  const open = openRules(preview);
  const rules = [...open, ...preview.rules.filter((rule) => rule.confirmed)];
  if (rules.length === 0) return null;
  return (
    <section className="mp-part" aria-labelledby="mp-rules-title">
      <header>
        <h3 id="mp-rules-title">What counts as one document</h3>
        {open.length > 1 ? (
          <Button size="small" disabled={busy} onClick={() => onConfirm(open)}>
            Confirm all {open.length}
          </Button>
        ) : (
          <span>tools called on both sides</span>
        )}
      </header>
      <ul className="mp-table" data-many={rules.length > 6 || undefined}>
        {rules.map((rule) => (
          <li key={rule.tool} className="mp-rule" data-open={!rule.confirmed || undefined}>
            <span className="mp-tool" title={visibleText(rule.tool)}>
              <MiddleText text={rule.tool === '' ? '(no name)' : rule.tool} />
            </span>
            <RulePicker rule={rule} disabled={busy} onChange={(next) => onRule(rule.tool, next)} />
            <span className="mp-documents">{documentsWords(rule)}</span>
            {!rule.confirmed && <Assumption rule={rule} busy={busy} onConfirm={() => onConfirm([rule])} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

type AssumptionProps = { readonly rule: ToolRule; readonly busy: boolean; readonly onConfirm: () => void };

function Assumption({ rule, busy, onConfirm }: AssumptionProps) {
  return (
    <div className="mp-assumed">
      <TriangleAlert className="icon" size={14} aria-hidden />
      <span>
        <strong>Needs you to confirm.</strong> Nothing tells which of its calls mean the same document. As it
        stands none of them can conflict, and those of both branches are kept.
      </span>
      <Button
        size="small"
        disabled={busy}
        onClick={onConfirm}
        aria-label={`Confirm for ${visibleText(rule.tool)}: ${ruleText(rule.rule)}`}
      >
        Confirm
      </Button>
    </div>
  );
}
