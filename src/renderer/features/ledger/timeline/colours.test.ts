import { expect, it } from 'vitest';
import { withFindings, type Colours } from './colours.ts';

it('findings that are no errors are drawn in the colour of warnings', () => {
  const colours = { bad: 'red', warn: 'amber', fg: 'black' } as Colours;
  expect(withFindings(colours, 'warn')).toEqual({ bad: 'amber', warn: 'amber', fg: 'black' });
  expect(withFindings(colours, 'bad')).toBe(colours);
});
