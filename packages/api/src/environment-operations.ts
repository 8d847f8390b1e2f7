import {
  environmentDetailSchema,
  environmentInputSchema,
  environmentListSchema,
  environmentSchema,
} from "./environment.ts";
import type { Operation } from "./operation.ts";

/** The operations on environments of Python packages. */
export const ENVIRONMENT_OPERATIONS = {
  listEnvironments: {
    method: "get",
    path: "/environments",
    group: "environments",
    // What was asked for may name an index with its password, which is for those who run something.
    needs: "submit",
    summary: "List the environments that have names, and whether they are built or could not be",
    answer: { status: 200, schema: environmentListSchema, description: "All of them." },
  },
  getEnvironment: {
    method: "get",
    path: "/environments/{name}",
    group: "environments",
    needs: "submit",
    summary: "An environment with its lock",
    answer: { status: 200, schema: environmentDetailSchema, description: "The environment." },
  },
  putEnvironment: {
    method: "put",
    path: "/environments/{name}",
    group: "environments",
    summary:
      "Resolve what is asked for to exact versions, and keep them under a name; one of that name is replaced",
    body: environmentInputSchema,
    answer: { status: 200, schema: environmentSchema, description: "It is locked, and not yet built." },
  },
  buildEnvironment: {
    method: "post",
    path: "/environments/{name}/build",
    group: "environments",
    summary:
      "Begin to build an environment in the directory of this server; the first run in it would do that",
    answer: { status: 202, schema: environmentSchema, description: "It is being built, or was before." },
  },
  deleteEnvironment: {
    method: "delete",
    path: "/environments/{name}",
    group: "environments",
    summary: "Forget a name; runs that have its lock keep it, and what is built stays",
    answer: { status: 204, description: "It is forgotten." },
  },
} as const satisfies Readonly<Record<string, Operation>>;
