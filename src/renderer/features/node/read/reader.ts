import type { Field, Part } from './parts.ts';
import type { Path, Place } from './path.ts';

/** What the readers of single shapes ask of the whole, so that shapes can lie in each other. */
export type Reader = {
  readonly tool: string;
  /** everything about a value; a value without a form of its own becomes fields */
  readonly value: (place: Place, label?: string) => readonly Part[];
  /** a text that somebody said: always a part */
  readonly words: (text: string, path: Path) => Part;
  /** a text that a tool gave: JSON in it is taken apart */
  readonly given: (text: string, path: Path) => readonly Part[];
  /** what is left of an object */
  readonly rest: (fields: readonly Field[], path: Path) => readonly Part[];
};
