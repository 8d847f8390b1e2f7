import { z } from "zod";
import { neededScope } from "./needed-scope.ts";
import type { Operation } from "./operation.ts";
import { OPERATIONS } from "./operations.ts";
import { problemSchema } from "./server-resources.ts";

/** A JSON object as OpenAPI has many. */
type Node = Record<string, unknown>;

/** What of the document is another one from server to server. */
export interface ServerFacts {
  /** What all paths begin with. Default: nothing. */
  readonly basePath?: string;
  /** Default: `notemill-8765`; the name carries the port. */
  readonly cookieName?: string;
}

/** The OpenAPI 3.1 document of the API, made from its schemas. */
export function openapiDocument(
  version: string,
  { basePath = "", cookieName = "notemill-8765" }: ServerFacts = {},
): Node {
  const operations: readonly (readonly [string, Operation])[] = Object.entries(OPERATIONS);
  const paths: Record<string, Node> = {};
  for (const [id, operation] of operations) {
    const path = `/api/v1${operation.path}`;
    paths[path] = { ...paths[path], [operation.method]: describe(id, operation) };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Notemill", version, description: "Runs of notebooks and their records." },
    servers: [{ url: basePath === "" ? "/" : basePath }],
    paths,
    components: {
      schemas: namedSchemas(operations.map(([, operation]) => operation)),
      securitySchemes: {
        token: { type: "http", scheme: "bearer" },
        cookie: { type: "apiKey", in: "cookie", name: cookieName },
      },
    },
    security: [{ token: [] }, { cookie: [] }],
  };
}

function describe(operationId: string, operation: Operation): Node {
  const { summary, group, isOpen, body, answer } = operation;
  return {
    operationId,
    summary,
    tags: [group],
    ...(isOpen === true ? { security: [] } : { "x-notemill-scope": neededScope(operation) }),
    parameters: parametersOf(operation),
    ...(body === undefined ? {} : { requestBody: { required: true, content: bodyContent(body) } }),
    responses: {
      [answer.status]: {
        description: answer.description,
        ...(answer.status === 204 ? {} : { content: answerContent(answer) }),
      },
      default: {
        description: "What is wrong.",
        content: { "application/problem+json": { schema: reference(problemSchema) } },
      },
    },
  };
}

function parametersOf({ path, query, headers = [] }: Operation): readonly Node[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: name === "id" ? { type: "string", format: "uuid" } : { type: "string" },
  }));
  const inQuery = Object.entries(query?.shape ?? {}).map(([name, schema]) => {
    const { description, $defs: _shared, ...rest } = toJsonSchema(schema as z.ZodType, "input");
    const isOptional = (schema as z.ZodType).safeParse(undefined).success;
    return {
      name,
      in: "query",
      required: !isOptional,
      schema: rest,
      ...(description === undefined ? {} : { description }),
    };
  });
  const inHeader = headers.map(({ name, description }) => ({
    name,
    in: "header",
    description,
    schema: { type: "string" },
  }));
  return [...inPath, ...inQuery, ...inHeader];
}

function bodyContent(body: z.ZodType | "bytes"): Node {
  if (body === "bytes") return { "application/octet-stream": {} };
  return { "application/json": { schema: reference(body) } };
}

function answerContent({ mediaType = "application/json", schema }: Operation["answer"]): Node {
  return { [mediaType]: schema === undefined ? {} : { schema: reference(schema) } };
}

function reference(schema: z.ZodType): Node {
  return { $ref: `#/components/schemas/${idOf(schema)}` };
}

function idOf(schema: z.ZodType): string {
  const id = schema.meta()?.["id"];
  if (typeof id !== "string") throw new Error("a schema of the API has no id");
  return id;
}

/** Every schema that an operation names, and those that they name. */
function namedSchemas(operations: readonly Operation[]): Record<string, Node> {
  const used = operations.flatMap(({ body, answer }) => [body, answer.schema]);
  const schemas = [...used, problemSchema].filter(
    (it): it is z.ZodType => it !== undefined && it !== "bytes",
  );
  const named: Record<string, Node> = {};
  for (const schema of new Set(schemas)) {
    const { $defs = {}, ...whole } = toJsonSchema(schema, "output");
    for (const [id, part] of Object.entries($defs as Record<string, Node>)) named[id] = part;
    // A schema with an id of its own may be among the definitions already.
    named[idOf(schema)] ??= whole;
  }
  return named;
}

function toJsonSchema(schema: z.ZodType, io: "input" | "output"): Node {
  const { $schema: _dialect, ...node } = z.toJSONSchema(schema, { io, unrepresentable: "any" }) as Node;
  return pointAtComponents(node) as Node;
}

/** Schemas refer to each other within the document and not within themselves. */
function pointAtComponents(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(pointAtComponents);
  if (typeof node !== "object" || node === null) return node;
  return Object.fromEntries(
    Object.entries(node)
      // Zod leaves its own ids in; a property that is called so is an object.
      .filter(([key, value]) => key !== "id" || typeof value !== "string")
      .map(([key, value]) => [
        key,
        key === "$ref" && typeof value === "string"
          ? value.replace("#/$defs/", "#/components/schemas/")
          : pointAtComponents(value),
      ]),
  );
}
