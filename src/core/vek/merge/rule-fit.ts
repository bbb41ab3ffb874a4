import type { DocumentRule } from '../../../contract/merge.ts';
import type { JsonNode } from '../../json/tree.ts';
import { fieldName } from './identity.ts';

/** Whether an identity that an earlier merge wrote down can be one of this rule. */
export function fitsRule(rule: DocumentRule, identity: JsonNode): boolean {
  if (rule.by === 'input') return true;
  if (identity.kind !== 'object') return false;
  const keys = identity.entries.map(({ key }) => key);
  const byCall = keys.length === 1 && keys[0] === 'call';
  switch (rule.by) {
    case 'tool':
      return keys.length === 0;
    case 'call':
      return byCall;
    case 'fields': {
      const names = new Set(rule.pointers.map(fieldName));
      return byCall || (keys.length > 0 && keys.every((key) => names.has(key)));
    }
  }
}
