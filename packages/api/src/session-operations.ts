import type { Operation } from "./operation.ts";
import { sessionSchema, signInSchema } from "./session.ts";

/** The operations on who asks. */
export const SESSION_OPERATIONS = {
  getSession: {
    method: "get",
    path: "/session",
    group: "access",
    needs: "any",
    summary: "Who asks, and what they may do",
    answer: { status: 200, schema: sessionSchema, description: "Somebody whom the server knows." },
  },
  signIn: {
    method: "post",
    path: "/session",
    group: "access",
    summary: "Sign a browser in: the answer sets a cookie, which is good for what the token is good for",
    isOpen: true,
    body: signInSchema,
    answer: { status: 200, schema: sessionSchema, description: "Signed in." },
  },
  signOut: {
    method: "delete",
    path: "/session",
    group: "access",
    needs: "any",
    summary: "Sign the browser out that asks: its cookie is of no use from now on, wherever it is",
    answer: { status: 204, description: "Signed out." },
  },
} as const satisfies Readonly<Record<string, Operation>>;
