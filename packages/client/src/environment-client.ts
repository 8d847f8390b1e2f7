import {
  type Environment,
  type EnvironmentDetail,
  environmentDetailSchema,
  type EnvironmentInput,
  type EnvironmentList,
  environmentListSchema,
  environmentSchema,
} from "@notemill/api";
import type { CallOptions } from "./platform-client.ts";
import { type ClientOptions, sendForJson, sendRequest } from "./send-request.ts";

/** The part of the API that is about environments. Every function throws as {@link sendRequest} does. */
export interface EnvironmentClient {
  listEnvironments(options?: CallOptions): Promise<EnvironmentList>;
  getEnvironment(name: string, options?: CallOptions): Promise<EnvironmentDetail>;
  /** Resolves what is asked for, which may take a while, and keeps it under a name. */
  putEnvironment(name: string, input: EnvironmentInput, options?: CallOptions): Promise<Environment>;
  /** Begins to build it, and does not wait for the end. */
  buildEnvironment(name: string, options?: CallOptions): Promise<Environment>;
  deleteEnvironment(name: string, options?: CallOptions): Promise<void>;
}

/** Makes the part of a client that is about environments. */
export function createEnvironmentClient(server: ClientOptions): EnvironmentClient {
  const one = (name: string): string => `/environments/${encodeURIComponent(name)}`;
  return {
    listEnvironments: (options) =>
      sendForJson(server, { method: "GET", path: "/environments", ...options }, environmentListSchema),
    getEnvironment: (name, options) =>
      sendForJson(server, { method: "GET", path: one(name), ...options }, environmentDetailSchema),
    putEnvironment: (name, body, options) =>
      sendForJson(server, { method: "PUT", path: one(name), body, ...options }, environmentSchema),
    buildEnvironment: (name, options) =>
      sendForJson(server, { method: "POST", path: `${one(name)}/build`, ...options }, environmentSchema),
    async deleteEnvironment(name, options) {
      await sendRequest(server, { method: "DELETE", path: one(name), ...options });
    },
  };
}
