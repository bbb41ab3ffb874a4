import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { JsonNode } from '../../../../core/json/tree.ts';
import { formatCounted } from '../../../ui/format.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import { limits } from './limits.ts';
import { MoreButton, useMore } from './More.tsx';
import type { Field } from './parts.ts';
import { useRead } from './read-context.ts';
import { shownText } from './shown-text.ts';
import { cellText } from './table.ts';

const EXIT = /^(?:exit_?code|return_?code|exit|exit_status)$/i;

/** Keys and values. A nested value opens on demand; the key leads to its place in the JSON. */
export function FieldsView({ fields }: { readonly fields: readonly Field[] }) {
  const { shown, showMore } = useMore(limits.fields, limits.moreLines);
  return (
    <>
      <dl className="r-fields">
        {fields.slice(0, shown).map((field) => (
          <FieldRow key={field.path.join('.')} field={field} />
        ))}
      </dl>
      <MoreButton left={fields.length - shown} step={limits.moreLines} noun="fields" onClick={showMore} />
    </>
  );
}

function FieldRow({ field }: { readonly field: Field }) {
  const { reveal, pointer } = useRead();
  const { label, node } = field;
  const failed = EXIT.test(label) && node.kind === 'int' && node.text !== '0';
  const name = label === '' ? 'value' : visibleText(label);
  return (
    <div className="r-field">
      <dt>
        <button
          type="button"
          className="r-key"
          title={`Show ${pointer(field.path)} in the JSON`}
          onClick={() => reveal(field.path)}
        >
          <bdi>{name}</bdi>
        </button>
      </dt>
      <dd className={failed ? 'n-bad' : ''}>
        <Value node={node} path={field.path} name={name} />
      </dd>
    </div>
  );
}

type ValueProps = { readonly node: JsonNode; readonly path: readonly number[]; readonly name: string };

function Value({ node, path, name }: ValueProps) {
  switch (node.kind) {
    case 'string':
      return <StringValue text={node.value} />;
    case 'int':
    case 'float':
      return <span className="r-scalar r-num">{node.text.slice(0, limits.fieldChars)}</span>;
    case 'bool':
    case 'null':
      return <span className="r-scalar r-lit">{cellText(node)}</span>;
    case 'array':
      return node.items.length === 0 ? (
        <span className="r-scalar r-punct">[]</span>
      ) : (
        <Nested
          fields={node.items.map((item, i) => ({ path: [...path, i], label: String(i + 1), node: item }))}
          node={node}
          name={name}
        />
      );
    case 'object':
      return node.entries.length === 0 ? (
        <span className="r-scalar r-punct">{'{}'}</span>
      ) : (
        <Nested
          fields={node.entries.map(({ key, value }, i) => ({ path: [...path, i], label: key, node: value }))}
          node={node}
          name={name}
        />
      );
  }
}

function StringValue({ text }: { readonly text: string }) {
  const { shown, showMore } = useMore(limits.fieldChars, limits.moreChars);
  if (text === '') return <span className="r-empty">empty text</span>;
  return (
    <>
      <span className="r-string" dir="auto">
        {shownText(text.slice(0, shown))}
      </span>
      <MoreButton left={text.length - shown} step={limits.moreChars} noun="characters" onClick={showMore} />
    </>
  );
}

/** A few plain values stand in one line as they are; anything larger says what it is and opens. */
function Nested({
  fields,
  node,
  name,
}: {
  readonly fields: readonly Field[];
  readonly node: JsonNode;
  readonly name: string;
}) {
  const [open, setOpen] = useState(false);
  const preview = cellText(node);
  const count =
    node.kind === 'array' ? formatCounted(fields.length, 'item') : formatCounted(fields.length, 'key');
  return (
    <>
      <button type="button" className="r-fold" aria-expanded={open} onClick={() => setOpen(!open)}>
        <ChevronRight className="icon r-chevron" size={14} aria-hidden />
        <span className="visually-hidden">{open ? `${name}, ` : `${name}, ${count}: `}</span>
        <span className="r-preview">{open ? count : visibleText(preview.slice(0, 200))}</span>
      </button>
      {open && <FieldsView fields={fields} />}
    </>
  );
}
