import { createdLinkSchema, createLinkSchema, linkPageSchema, listLinksSchema } from "./link.ts";
import type { Operation } from "./operation.ts";

/** The operations on share links. */
export const LINK_OPERATIONS = {
  createLink: {
    method: "post",
    path: "/links",
    group: "access",
    summary: "Share a file, a directory, a run or the latest output of a notebook with whoever has the link",
    body: createLinkSchema,
    answer: { status: 201, schema: createdLinkSchema, description: "The link, which is not shown again." },
  },
  listLinks: {
    method: "get",
    path: "/links",
    group: "access",
    summary: "List share links, newest first",
    needs: "full",
    query: listLinksSchema,
    answer: { status: 200, schema: linkPageSchema, description: "One page." },
  },
  revokeLink: {
    method: "delete",
    path: "/links/{id}",
    group: "access",
    summary: "Revoke a share link",
    answer: { status: 204, description: "It opens nothing any longer." },
  },
} as const satisfies Readonly<Record<string, Operation>>;
