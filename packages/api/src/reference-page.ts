import { openapiDocument } from "./openapi-document.ts";

/** What of JSON Schema the schemas of the API are made of. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

/** What of OpenAPI the document of the API has for an operation. */
interface DocumentedOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly "x-notemill-scope"?: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly description?: string;
    readonly schema: Schema;
  }[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content & { readonly description: string }>>;
}

interface Documented {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** The page docs/reference/api.md, made from the OpenAPI document. */
export function apiReferencePage(): string {
  const { paths, components } = openapiDocument("") as unknown as Documented;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const groups = [...new Set(operations.flatMap(({ operation }) => operation.tags))];
  const sections = groups.map((group) => {
    const own = operations.filter(({ operation }) => operation.tags.includes(group));
    return `## ${group.charAt(0).toUpperCase()}${group.slice(1)}\n\n${own.map(operationSection).join("\n")}`;
  });
  const schemas = Object.entries(components.schemas).sort(([a], [b]) => (a < b ? -1 : 1));
  return `# HTTP API

Made from the source; a test holds it to the operations.

A server sends the same as OpenAPI 3.1 from \`/api/v1/openapi.json\`, and \`@notemill/client\` is a typed client.
A request carries a token as \`Authorization: Bearer …\`, or the cookie of a browser that has signed in; [who gets in](../guides/access.md) says which token is good for what.
What is wrong comes as \`application/problem+json\`, a [Problem](#problem) with one of the codes in [errors](errors.md).
Lists are read page by page, newest first: \`next\` of a page is \`before\`, \`after\` or \`cursor\` of the next request, and null on the last page.
Bodies are JSON unless it says otherwise.
Times are UTC in ISO 8601, sizes are bytes, and durations are milliseconds where the name ends in \`_ms\`.

${sections.join("\n")}
## Schemas

${schemas.map(schemaSection).join("\n")}`;
}

function operationSection({
  path,
  method,
  operation,
}: {
  readonly path: string;
  readonly method: string;
  readonly operation: DocumentedOperation;
}): string {
  const scope = operation["x-notemill-scope"];
  const needs =
    scope === undefined
      ? "Open to all."
      : scope === "any"
        ? "Needs a token, of any scope."
        : `Needs the scope \`${scope}\`.`;
  const parameters = operation.parameters.map((it) => [
    `\`${it.name}\``,
    it.in,
    typeText(it.schema),
    meaning(it.schema, it.in === "query" && it.required === true, it.description),
  ]);
  const parts = [
    `### \`${method.toUpperCase()} ${path}\``,
    `${operation.summary}.\n${needs}`,
    ...table(["Parameter", "In", "Type", "Meaning"], parameters),
    ...bodyText(operation.requestBody),
    ...Object.entries(operation.responses)
      .filter(([status]) => status !== "default")
      .map(([status, answer]) => `Answers ${status}${contentText("with", answer)}: ${answer.description}`),
  ];
  return `${parts.join("\n\n")}\n`;
}

function bodyText(body: Content | undefined): readonly string[] {
  return body === undefined ? [] : [`Takes${contentText("a body of", body)}.`];
}

function contentText(word: string, { content = {} }: Content): string {
  const [found] = Object.entries(content);
  if (found === undefined) return "";
  const [mediaType, { schema }] = found;
  const form = mediaType === "application/json" ? "" : ` as \`${mediaType}\``;
  return ` ${word} ${schema === undefined ? "bytes" : typeText(schema)}${form}`;
}

function schemaSection([name, schema]: readonly [string, Schema]): string {
  const { description } = schema;
  const fields = fieldRows(schema, "");
  const parts = [
    `### ${name}`,
    ...(description === undefined ? [] : [sentence(description)]),
    ...(fields.length === 0
      ? [`${typeText({ ...schema, properties: {} })}.`]
      : table(["Field", "Type", "Meaning"], fields)),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** The fields of an object, with those of objects in it behind a dot. */
function fieldRows(schema: Schema, prefix: string): readonly (readonly string[])[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const inner = objectsIn(field);
    return [
      [
        `\`${prefix}${name}\``,
        typeText(field),
        meaning(field, false, field.description, schema.required?.includes(name) !== true),
      ],
      ...inner.flatMap((it) => fieldRows(it, `${prefix}${name}${field.type === "array" ? "[]" : ""}.`)),
    ];
  });
}

/** The objects without a name that a field is, may be, or is a list of. */
function objectsIn(schema: Schema): readonly Schema[] {
  if (schema.properties !== undefined) return [schema];
  if (schema.items !== undefined) return objectsIn(schema.items);
  return [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap(objectsIn);
}

function meaning(
  schema: Schema,
  isRequired: boolean,
  description = schema.description ?? "",
  isOptional = false,
): string {
  const bounds = [
    schema.minimum !== undefined && schema.minimum > Number.MIN_SAFE_INTEGER ? `from ${schema.minimum}` : "",
    schema.maximum !== undefined && schema.maximum < Number.MAX_SAFE_INTEGER ? `to ${schema.maximum}` : "",
    schema.maxLength === undefined ? "" : `at most ${schema.maxLength} characters`,
    schema.maxItems === undefined ? "" : `at most ${schema.maxItems} of them`,
  ].filter((it) => it !== "");
  const known = description.includes("Default");
  return [
    sentence(description),
    bounds.length === 0 ? "" : sentence(bounds.join(" ")),
    isRequired ? "Required." : "",
    schema.default === undefined || known ? "" : `Default \`${JSON.stringify(schema.default)}\`.`,
    isOptional && schema.default === undefined && !known ? "May be left out." : "",
  ]
    .filter((it) => it !== "")
    .join(" ");
}

function typeText(schema: Schema): string {
  const { $ref, anyOf, oneOf, items, prefixItems, type, format, additionalProperties } = schema;
  if ($ref !== undefined) {
    const name = $ref.split("/").at(-1) ?? "";
    return `[${name}](#${name.toLowerCase()})`;
  }
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum !== undefined) return schema.enum.map((it) => `\`${JSON.stringify(it)}\``).join(" or ");
  const options = [...(anyOf ?? []), ...(oneOf ?? [])];
  if (options.length > 0) return [...new Set(options.map(typeText))].join(" or ");
  if (type === "array") {
    if (prefixItems !== undefined) return `list of ${prefixItems.map(typeText).join(" and ")}`;
    return items === undefined ? "list" : `list of ${typeText(items)}`;
  }
  if (type === "object" && typeof additionalProperties === "object")
    return Object.keys(additionalProperties).length === 0
      ? "object"
      : `object of ${typeText(additionalProperties)}`;
  if (type === "string" && format !== undefined) return FORMATS[format] ?? format;
  return typeof type === "string" ? type : (type?.join(" or ") ?? "any JSON");
}

const FORMATS: Readonly<Record<string, string>> = { "date-time": "time", uri: "URL" };

function sentence(text: string): string {
  if (text === "") return "";
  const whole = `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  return /[.:]$/.test(whole) ? whole : `${whole}.`;
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((it) => it.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
  return [[line(titles), line(titles.map(() => "---")), ...rows.map(line)].join("\n")];
}
