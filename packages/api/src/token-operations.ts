import type { Operation } from "./operation.ts";
import { createdTokenSchema, createTokenSchema, listTokensSchema, tokenPageSchema } from "./token.ts";

/** The operations on tokens with names. */
export const TOKEN_OPERATIONS = {
  createToken: {
    method: "post",
    path: "/tokens",
    group: "access",
    summary: "Make a token with a name, for a program, a machine or a runner",
    body: createTokenSchema,
    answer: {
      status: 201,
      schema: createdTokenSchema,
      description: "The token, which is not shown again.",
    },
  },
  listTokens: {
    method: "get",
    path: "/tokens",
    group: "access",
    summary: "List tokens by name: what they are good for, and when they were used",
    needs: "full",
    query: listTokensSchema,
    answer: { status: 200, schema: tokenPageSchema, description: "One page." },
  },
  revokeToken: {
    method: "delete",
    path: "/tokens/{id}",
    group: "access",
    summary: "Revoke a token, and every sign-in by it",
    answer: { status: 204, description: "It is of no use any longer." },
  },
} as const satisfies Readonly<Record<string, Operation>>;
