import { expect, it } from 'vitest';
import { copyNames } from './names.ts';

it('calls two files by their names, with the folders that tell them apart', () => {
  expect(copyNames('/x/aex.db', '/y/old.db')).toEqual({ a: 'aex.db', b: 'old.db' });
  expect(copyNames('/x/aex.db', '/x/copy/aex.db')).toEqual({ a: 'x/aex.db', b: 'copy/aex.db' });
  expect(copyNames('/one/s/aex.db', '/two/s/aex.db')).toEqual({ a: 'one/s/aex.db', b: 'two/s/aex.db' });
  expect(copyNames('C:\\a\\aex.db', 'C:\\b\\aex.db')).toEqual({ a: 'a/aex.db', b: 'b/aex.db' });
  expect(copyNames('/aex.db', '/s/aex.db')).toEqual({ a: 'aex.db', b: 's/aex.db' });
  expect(copyNames('/s/aex.db', '/s/aex.db')).toEqual({ a: 's/aex.db', b: 's/aex.db' });
  const long = copyNames(`/${'x'.repeat(99)}.db`, '/b.db').a;
  expect([long.length, long.slice(-3)]).toEqual([60, '.db']);
});
