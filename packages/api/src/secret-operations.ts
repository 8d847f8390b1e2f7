import type { Operation } from "./operation.ts";
import {
  grantSecretSchema,
  listSecretsSchema,
  putSecretSchema,
  rotationSchema,
  secretPageSchema,
  secretSchema,
} from "./secret.ts";

/** The operations on secrets. None gives a text away. */
export const SECRET_OPERATIONS = {
  listSecrets: {
    method: "get",
    path: "/secrets",
    group: "secrets",
    summary: "List secrets by name, without their texts",
    query: listSecretsSchema,
    answer: { status: 200, schema: secretPageSchema, description: "One page." },
  },
  putSecret: {
    method: "put",
    path: "/secrets/{name}",
    group: "secrets",
    summary: "Keep a secret, in place of one of its name",
    body: putSecretSchema,
    answer: { status: 200, schema: secretSchema, description: "It is kept." },
  },
  grantSecret: {
    method: "put",
    path: "/secrets/{name}/grants",
    group: "secrets",
    summary: "Say which notebooks may use a secret",
    body: grantSecretSchema,
    answer: { status: 200, schema: secretSchema, description: "The secret as it is now." },
  },
  deleteSecret: {
    method: "delete",
    path: "/secrets/{name}",
    group: "secrets",
    summary: "Delete a secret",
    answer: { status: 204, description: "It is gone." },
  },
  rotateSecretKey: {
    method: "post",
    path: "/secrets/rotation",
    group: "secrets",
    summary: "Make a new key, and seal every secret with it",
    answer: {
      status: 200,
      schema: rotationSchema,
      description: "Done; the old key is of no use any longer.",
    },
  },
} as const satisfies Readonly<Record<string, Operation>>;
