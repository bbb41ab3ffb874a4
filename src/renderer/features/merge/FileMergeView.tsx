type Props = { readonly source: string; readonly set: string };

/** Where a person resolves edits whose files changed on disk meanwhile. */
export function FileMergeView(_: Props) {
  return null;
}
