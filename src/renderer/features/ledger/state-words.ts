import { visibleText } from '../../ui/visible-text.ts';

const STATES: ReadonlyMap<string, string> = new Map([
  ['RESERVING', 'Admitted'],
  ['RESERVED', 'Reserved'],
  ['DISPATCHED', 'Sent to provider'],
  ['RESPONSE_RECEIVED', 'Answered'],
  ['COMMITTED', 'Settled'],
  ['RELEASED', 'Released'],
  ['DENIED', 'Denied'],
  ['FAILED', 'Failed'],
  ['EXPIRED', 'Past its expiry'],
  ['TOOL', 'Tool run'],
]);

/** A state of AEX in words; another one as it is stored. */
export const stateWords = (state: string): string => STATES.get(state) ?? visibleText(state).slice(0, 60);
