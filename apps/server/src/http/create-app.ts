import { encodeWireJson, openapiDocument, parseWireJson } from "@notemill/api";
import { NOTEMILL_VERSION } from "@notemill/executor";
import { fastify, type FastifyInstance } from "fastify";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";
import { checkToken } from "./check-token.ts";
import { problemOf } from "./problem.ts";
import { recordRoutes } from "./record-routes.ts";
import { runRoutes } from "./run-routes.ts";
import { runnerRoutes } from "./runner-routes.ts";

/** The most bytes of a JSON body: the events of an attempt with their outputs. */
const BODY_LIMIT = 64 * 2 ** 20;

/** What needs no token. */
const OPEN = ["/api/v1/health", "/api/v1/openapi.json"];

/** Makes the HTTP side of the server. Nobody listens yet; `inject` answers requests without a socket. */
export function createApp(platform: Platform, token: string): FastifyInstance {
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: true,
    // A path in a parameter may be long; the store has its own limit.
    routerOptions: { maxParamLength: 2048 },
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "string" }, (_request, text, done) => {
    try {
      done(null, text === "" ? undefined : parseWireJson(String(text)));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      done(new ServerError("REQUEST_INVALID", `the body is no JSON: ${why}`, { cause: error }));
    }
  });
  // Files come as they are and go to the store as they come.
  app.addContentTypeParser("application/octet-stream", { bodyLimit: MAX_FILE }, (_request, stream, done) =>
    done(null, stream),
  );
  app.setReplySerializer(encodeWireJson);

  app.addHook("onRequest", async (request, reply) => {
    void reply.headers({ "x-content-type-options": "nosniff", "cache-control": "no-store" });
    const path = request.url.split("?", 1)[0] ?? "";
    if (!OPEN.includes(path)) checkToken(request.headers.authorization, token);
  });
  app.setNotFoundHandler((request) => {
    throw new ServerError("ROUTE_NOT_FOUND", `there is no ${request.method} ${request.url.split("?", 1)[0]}`);
  });
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error);
    if (problem.status >= 500)
      platform.report(`${request.method} ${request.routeOptions.url ?? "?"} has failed`, error);
    void reply.status(problem.status).type("application/problem+json").send(problem);
  });

  app.get("/api/v1/health", () => ({ status: "ok", version: NOTEMILL_VERSION, instance: platform.instance }));
  app.get("/api/v1/openapi.json", () => openapiDocument(NOTEMILL_VERSION));
  runRoutes(app, platform);
  recordRoutes(app, platform);
  runnerRoutes(app, platform);
  return app;
}

/** The most bytes of one file of a record. */
const MAX_FILE = 2 ** 40;
