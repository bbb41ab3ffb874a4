import { Menu } from '@base-ui/react/menu';
import { Check, ChevronDown } from 'lucide-react';
import type { DocumentRule, ToolRule } from '../../../../contract/merge.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import { MOST_FIELDS, reasonWords, ruleText, ruleWords, sameRule, withField } from './rule-words.ts';

export type RulePickerProps = {
  readonly rule: ToolRule;
  readonly disabled: boolean;
  /** null: back to what is inferred */
  readonly onChange: (rule: DocumentRule | null) => void;
};

const WHOLE: readonly DocumentRule[] = [{ by: 'input' }, { by: 'call' }, { by: 'tool' }];

/** What counts as one document of a tool: a whole rule, or one or several fields of the input. */
export function RulePicker({ rule, disabled, onChange }: RulePickerProps) {
  const { words, fields } = ruleWords(rule.rule);
  const chosen = rule.rule.by === 'fields' ? rule.rule.pointers : [];
  const candidates = [...rule.candidates, ...chosen.filter((pointer) => !rule.candidates.includes(pointer))];
  const full = chosen.length >= MOST_FIELDS;
  return (
    <Menu.Root>
      <Menu.Trigger
        className="mp-select"
        disabled={disabled}
        aria-label={`One document of ${visibleText(rule.tool)}: ${visibleText(ruleText(rule.rule))}`}
      >
        <span className="mp-select-words">
          {words}
          {fields.length > 0 && <code> {visibleText(fields.join(' + '))}</code>}
        </span>
        <ChevronDown className="icon" size={14} aria-hidden />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="menu-positioner" sideOffset={4} align="start">
          <Menu.Popup className="menu mp-rules" data-surface="raised">
            {candidates.length > 0 && (
              <Menu.Group>
                <Menu.GroupLabel className="mp-rules-title">
                  Calls with the same values in these input fields
                </Menu.GroupLabel>
                {candidates.map((pointer) => {
                  const on = chosen.includes(pointer);
                  return (
                    <Menu.CheckboxItem
                      key={pointer}
                      className="menu-item"
                      checked={on}
                      disabled={!on && full}
                      onCheckedChange={(next: boolean) => {
                        const changed = withField(rule.rule, pointer, next, rule.candidates);
                        if (changed !== null) onChange(changed);
                      }}
                    >
                      <Mark />
                      <code>{visibleText(pointer)}</code>
                    </Menu.CheckboxItem>
                  );
                })}
                <Menu.Separator className="menu-line" />
              </Menu.Group>
            )}
            <Menu.RadioGroup
              value={ruleText(rule.rule)}
              onValueChange={(text: string) => {
                const next = WHOLE.find((whole) => ruleText(whole) === text);
                if (next !== undefined && !sameRule(next, rule.rule)) onChange(next);
              }}
            >
              {WHOLE.map((whole) => (
                <Menu.RadioItem key={whole.by} value={ruleText(whole)} className="menu-item" closeOnClick>
                  <Mark />
                  {ruleText(whole)}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
            {rule.reason === 'chosen' && (
              <>
                <Menu.Separator className="menu-line" />
                <Menu.Item className="menu-item" onClick={() => onChange(null)}>
                  <span className="menu-icon" />
                  Forget the choice, infer it again
                </Menu.Item>
              </>
            )}
            <p className="mp-rules-reason">{sentence(reasonWords(rule.reason))}</p>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

const sentence = (words: string): string => `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}.`;

/** The place of the mark; drawn by CSS where its entry is chosen. */
function Mark() {
  return <Check className="icon menu-icon mp-mark" size={14} aria-hidden />;
}
