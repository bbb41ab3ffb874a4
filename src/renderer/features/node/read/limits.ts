/** How much of a content is read and drawn at once, each with its reason and what stands beyond it. */
export const limits = {
  /** Characters of a content that gets a readable form. Beyond: JSON alone, which the editor pages by itself, and a note that says so. */
  contentChars: 12_000_000,
  /** Characters of a content that is read while JSON is shown, only to know whether there is another form. Beyond: when it is asked for. */
  unaskedChars: 1_500_000,
  /** Values looked at for one content. Beyond: the rest is listed as fields. Keeps selecting a call quick. */
  values: 200_000,
  /** Levels of objects in which texts are looked for. Beyond: the value is listed as a field. */
  depth: 8,
  /** Items of a list that are looked into one by one. Beyond: the list is a field. */
  items: 200,
  /** Characters of a text that are looked at to say what it is. */
  lookChars: 100_000,
  /** Lines of a text shown at first, and how many come with one press after that. Beyond: “Show more”. */
  lines: 40,
  moreLines: 2_000,
  /** Turns of a chat, and calls or blocks in one, shown at first. Beyond: “Show more”. */
  turns: 60,
  /** Lines of a turn shown at first: what a model was told is often pages long. */
  turnLines: 24,
  /** Characters shown at first of a text, however few lines it has, and how many come with one press. */
  chars: 8_000,
  moreChars: 200_000,
  /** Characters of a patch that is taken apart. Beyond: it is shown as text. */
  patchChars: 2_000_000,
  /** Lines of a patch drawn at first, and with one press. */
  patchLines: 400,
  /** Characters of a changed line in which words are marked. Beyond: the line alone is. */
  wordChars: 1_000,
  /** Lines of two texts that are compared. Beyond: the old one, then the new one. */
  pairLines: 5_000,
  /** Characters of terminal output that is played through. Beyond: shown as text, controls made visible. */
  terminalChars: 4_000_000,
  /** Characters of Markdown that are laid out. Beyond: shown as text. */
  markdownChars: 120_000,
  /** Rows and columns of a table. Beyond: the list is a field. Above `plainRows` only rows in sight are drawn. */
  tableRows: 50_000,
  tableColumns: 60,
  plainRows: 200,
  /** Characters of a cell that are drawn. */
  cellChars: 300,
  /** Characters of base64 and picture points that are drawn. Beyond: named, and not drawn. */
  imageChars: 12_000_000,
  imagePoints: 40_000_000,
  /** Lines that may be taken for a stack trace. Beyond: the text is shown as text. */
  traceLines: 20_000,
  /** Characters of one field’s value that are drawn; all of it is in the JSON. */
  fieldChars: 2_000,
  /** Fields of a list or object drawn at first. */
  fields: 100,
} as const;
