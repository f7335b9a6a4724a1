// The API document as a page to read: plain HTML, no script, nothing from elsewhere. It works on any phone, with any
// reader, and a manager's browser tells nobody that it was opened (docs/decisions/api-page.md).
import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { documentOf } from './document.ts';

type Document = ReturnType<typeof documentOf>;
type Schema = Readonly<Record<string, unknown>>;
type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

type Operation = {
  readonly operationId: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly 'x-permission'?: string;
  readonly parameters?: readonly { name: string; in: string; required?: boolean; schema?: Schema }[];
  readonly requestBody?: { content: Readonly<Record<string, { schema?: Schema }>> };
  readonly responses: Readonly<
    Record<string, { description: string; content?: Readonly<Record<string, { schema?: Schema }>> }>
  >;
};

const style = `
:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem}
code,pre{font-family:ui-monospace,monospace;font-size:.9em}pre{overflow:auto;padding:.5rem;border:1px solid #8886}
summary{cursor:pointer;padding:.4rem 0}table{border-collapse:collapse}td,th{text-align:start;padding:.2rem .8rem .2rem 0}
.method{display:inline-block;min-width:4.5em;font-weight:600}`;

export function referencePage(document: Document): Html {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods as Readonly<Record<string, Operation>>).map(([method, operation]) => ({
      path,
      method,
      operation,
    })),
  );
  const tags = [...new Set(operations.map(({ operation }) => operation.tags?.[0] ?? ''))].sort();
  const { title, description } = document.info;
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex"><title>${title}</title><style>${raw(style)}</style></head>
<body><h1>${title}</h1><p>${description}</p>
<p>The same for machines: <a href="/v1/openapi.json">openapi.json</a></p>
<nav aria-label="Chapters"><ul>${tags.map(tag => html`<li><a href="#${idOf(tag)}">${tag}</a></li>`)}</ul></nav>
<main>${tags.map(
    tag => html`<section id="${idOf(tag)}"><h2>${tag}</h2>
${operations.filter(({ operation }) => operation.tags?.[0] === tag).map(operationOf)}</section>`,
  )}
<section id="schemas"><h2>Shapes</h2>
${Object.entries(document.components?.schemas ?? {}).map(
  ([name, schema]) =>
    html`<details id="schema-${name}"><summary><code>${name}</code></summary>${shape(schema)}</details>`,
)}</section></main></body></html>`;
}

const idOf = (tag: string): string => `chapter-${tag.replaceAll(' ', '-')}`;

function operationOf({
  path,
  method,
  operation,
}: {
  path: string;
  method: string;
  operation: Operation;
}): Html {
  const { operationId, summary, parameters = [], requestBody, responses } = operation;
  return html`<details id="${operationId}"><summary><span class="method">${method.toUpperCase()}</span>
<code>${path}</code> ${summary}</summary>
<p>Needs <code>${operation['x-permission']}</code>. Named <code>${operationId}</code>.</p>
${parameters.length === 0 ? '' : html`<table><tr><th>Parameter</th><th>In</th><th>Shape</th></tr>${parameters.map(row)}</table>`}
${requestBody ? html`<h4>Sent</h4>${contents(requestBody.content)}` : ''}
${Object.entries(responses).map(
  ([status, answer]) =>
    html`<h4>${status}: ${answer.description}</h4>${answer.content ? contents(answer.content) : ''}`,
)}</details>`;
}

function row({ name, in: place, required, schema }: NonNullable<Operation['parameters']>[number]): Html {
  return html`<tr><td><code>${name}</code>${required ? '' : ' (may be left out)'}</td><td>${place}</td><td><code>${inline(schema)}</code></td></tr>`;
}

function contents(content: Readonly<Record<string, { schema?: Schema }>>): Html {
  return html`${Object.entries(content).map(([type, { schema }]) => html`<p><code>${type}</code></p>${shape(schema)}`)}`;
}

/** A shape that has a name is linked, not repeated. */
function shape(schema: unknown): Html {
  const ref = (schema as Schema | undefined)?.['$ref'];
  if (typeof ref === 'string') {
    const name = ref.split('/').at(-1) ?? '';
    return html`<p><a href="#schema-${name}"><code>${name}</code></a></p>`;
  }
  return html`<pre>${JSON.stringify(schema ?? {}, null, 2)}</pre>`;
}

function inline(schema: Schema | undefined): string {
  const { type, format, enum: values, example } = schema ?? {};
  const named = Array.isArray(values) ? values.join(' | ') : [type, format].filter(Boolean).join(', ');
  return example === undefined ? named : `${named}, as ${String(example)}`;
}
