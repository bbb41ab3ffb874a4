type Props = { readonly source: string; readonly into: string; readonly from: string };

export function MergeView(props: Props) {
  return <div>{props.source}</div>;
}
