type Props = { readonly source: string; readonly a: string; readonly b: string };

export function CompareCalls(props: Props) {
  return <div>{props.source}</div>;
}
