import type { AddressInfo, Socket } from "node:net";
import {
  encodeWireJson,
  MOST_SENT_LEVELS,
  openapiDocument,
  parseWireJson,
  type Problem,
} from "@notemill/api";
import { NOTEMILL_VERSION } from "@notemill/executor";
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { Addresses } from "../access/addresses.ts";
import { isBaseItself, OUTSIDE, outside, withinBase } from "../access/base-path.ts";
import { checkHost } from "../access/check-host.ts";
import { atDoor } from "../access/door.ts";
import { countFailedTokens } from "../access/failed-tokens.ts";
import { createRunnerTies } from "../access/runner-ties.ts";
import { createSignInDesk } from "../access/sign-in-desk.ts";
import { isOutputHost, outputOrigin } from "../outputs/output-origin.ts";
import { looksForPage, pageRoutes, sendPage } from "../pages/page-routes.ts";
import type { Pages } from "../pages/read-pages.ts";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";
import { allowedMethods } from "./allowed-methods.ts";
import { artifactRoutes } from "./artifact-routes.ts";
import { BODY_LIMIT } from "./body-limits.ts";
import { backfillRoutes } from "./backfill-routes.ts";
import { contentsRoutes } from "./contents-routes.ts";
import { environmentRoutes } from "./environment-routes.ts";
import { fileRoutes } from "./file-routes.ts";
import { deliveryRoutes } from "./delivery-routes.ts";
import { frameRoutes } from "./frame-routes.ts";
import { kernelRoutes } from "./kernel-routes.ts";
import { linkRoutes } from "./link-routes.ts";
import { operationRoutes } from "./operation-routes.ts";
import { orderRoutes } from "./order-routes.ts";
import { outputRoutes } from "./output-routes.ts";
import { problemOf } from "./problem.ts";
import { recordRoutes } from "./record-routes.ts";
import { retentionRoute } from "./retention-route.ts";
import { runRoutes } from "./run-routes.ts";
import { searchRoutes } from "./search-routes.ts";
import { type BodyTimes, cutSlowBodies } from "./slow-bodies.ts";
import { shareRoutes } from "./share-routes.ts";
import { scheduleRoutes } from "./schedule-routes.ts";
import { runnerRoutes } from "./runner-routes.ts";
import { secretRoutes } from "./secret-routes.ts";
import { sessionRoutes } from "./session-routes.ts";
import { sweepRoutes } from "./sweep-routes.ts";
import { tableRoutes } from "./table-routes.ts";
import { tokenRoutes } from "./token-routes.ts";
import { webhookRoute } from "./webhook-route.ts";
import { workflowRoutes } from "./workflow-routes.ts";
import { workflowRunRoutes } from "./workflow-run-routes.ts";

/**
 * Routes read requests by the schemas of `@notemill/api`. Fastify would load compilers for schemas of its own at each
 * start, a tenth of what one takes.
 */
const WITHOUT_SCHEMAS = {
  compilersFactory: { buildValidator: refuseSchema, buildSerializer: refuseSchema },
};

function refuseSchema(): never {
  throw new Error("a route has no schema of Fastify's");
}

/** What the HTTP side lets in. */
export interface AppOptions {
  readonly token: string;
  /** Is good for what runners do, and for nothing else. */
  readonly runnerToken: string;
  /** Names that the server goes by, beside addresses and those of this machine. */
  readonly allowedHosts: readonly string[];
  readonly addresses: Addresses;
  /** Addresses of proxies whose word is taken for whom they ask, as `10.0.0.0/8`. */
  readonly trustedProxies: readonly string[];
  /** The web app; null for a server without pages. */
  readonly pages: Pages | null;
  readonly bodyTimes: BodyTimes;
}

/** Makes the HTTP side of the server. Nobody listens yet; `inject` answers requests without a socket. */
export function createApp(platform: Platform, options: AppOptions): FastifyInstance {
  const { token, runnerToken, allowedHosts, addresses, pages } = options;
  const failedTokens = countFailedTokens(platform.now);
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    trustProxy: options.trustedProxies.length > 0 ? [...options.trustedProxies] : false,
    // Routes know nothing of the path that all of them are below.
    rewriteUrl: ({ url = "/" }) => withinBase(url, addresses.basePath),
    forceCloseConnections: true,
    schemaController: WITHOUT_SCHEMAS,
    // A path in a parameter may be long, encoded and signed; the store has its own limit.
    routerOptions: { maxParamLength: 12_000 },
    frameworkErrors: (error, _request, reply) => sendProblem(reply, error),
    clientErrorHandler: answerBrokenRequest,
  });
  // Before anybody is asked who they are: what is refused need not be read for ever.
  cutSlowBodies(app, options.bodyTimes);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "string" }, (request, text, done) => {
    try {
      const limits = isOfRunner(request) ? {} : { maxDepth: MOST_SENT_LEVELS };
      done(null, text === "" ? undefined : parseWireJson(String(text), limits));
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

  const { now, newId } = platform;
  const listening = (): AddressInfo | null => addressOf(app.server.address());
  const port = (): number => listening()?.port ?? 0;
  const desk = createSignInDesk({ token, addresses, port, now, newId });
  const door = { token, runnerToken, failedTokens, desk };
  app.addHook("onRequest", async (request, reply) => {
    void reply.headers({
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
      "cross-origin-resource-policy": "same-origin",
      // Pages and outputs say what they may do; whatever else a browser shows may do nothing.
      "content-security-policy": "sandbox; default-src 'none'",
      // The names in links that people have written are nobody's business before they are followed.
      "x-dns-prefetch-control": "off",
    });
    checkHost(request.headers.host, allowedHosts);
    if (request.url === OUTSIDE) throw outside(request, addresses);
    if (isOutputHost(addresses, request.headers.host ?? "") && !request.url.startsWith("/outputs/"))
      throw new ServerError("ROUTE_NOT_FOUND", "this host shows outputs, and nothing else");
    // Pages name what belongs to them by paths below this one.
    if (request.method === "GET" && isBaseItself(request, addresses)) return reply.redirect("/", 308);
    return atDoor(platform, door, { request, reply });
  });
  app.addHook("onSend", async (_request, reply) => {
    const location = reply.getHeader("location");
    if (typeof location === "string" && location.startsWith("/"))
      void reply.header("location", `${addresses.outerPath}${location}`);
  });
  const listensOn = (): string => listening()?.address ?? "";
  const outputsOf = ({ headers: { host = "" } }: FastifyRequest): string | null => {
    const { url, isApart } = outputOrigin(addresses, { host, listensOn: listensOn() });
    return isApart ? `${url}/outputs/` : null;
  };
  app.setNotFoundHandler((request, reply) => {
    if (pages !== null && looksForPage(request))
      return sendPage({ request, reply: reply.status(404) }, pages.html, outputsOf(request));
    const { method } = request;
    const path = pathOf(request);
    const methods = allowedMethods(path);
    if (methods.length === 0) throw new ServerError("ROUTE_NOT_FOUND", `there is no ${method} ${path}`);
    void reply.header("allow", methods.join(", "));
    throw new ServerError("METHOD_NOT_ALLOWED", `${path} takes ${methods.join(", ")}, and no ${method}`);
  });
  app.setErrorHandler((error, request, reply) => {
    const { status } = sendProblem(reply, error);
    if (status >= 500 && !isDraining(error))
      platform.report(`${request.method} ${request.routeOptions.url ?? "?"} has failed`, error);
  });
  app.addHook("onResponse", async (request, reply) => noteAnswer(platform, request, reply));

  operationRoutes(app, platform);
  app.get("/api/v1/openapi.json", () =>
    openapiDocument(NOTEMILL_VERSION, { basePath: addresses.outerPath, cookieName: desk.cookieName() }),
  );
  runRoutes(app, platform);
  fileRoutes(app, platform);
  contentsRoutes(app, platform);
  searchRoutes(app, platform);
  tableRoutes(app, platform);
  sweepRoutes(app, platform);
  secretRoutes(app, platform);
  environmentRoutes(app, platform);
  sessionRoutes(app, platform, door);
  tokenRoutes(app, platform);
  linkRoutes(app, platform);
  scheduleRoutes(app, platform);
  backfillRoutes(app, platform);
  workflowRoutes(app, platform);
  workflowRunRoutes(app, platform);
  deliveryRoutes(app, platform);
  recordRoutes(app, platform);
  artifactRoutes(app, platform);
  retentionRoute(app, platform);
  const ties = createRunnerTies(platform);
  runnerRoutes(app, platform, ties);
  orderRoutes(app, platform, ties);
  kernelRoutes(app, platform);
  webhookRoute(app, platform, failedTokens);
  shareRoutes(app, platform, failedTokens);
  if (pages !== null) {
    pageRoutes(app, pages, outputsOf);
    frameRoutes(app, pages, addresses);
  }
  outputRoutes(app, platform, { token, addresses, listensOn });
  return app;
}

/** What runners send has what they were given, and what kernels say, within some more levels. */
function isOfRunner({ routeOptions: { url = "" } }: FastifyRequest): boolean {
  return url.startsWith("/api/v1/runner/");
}

/** Null while nobody listens. */
function addressOf(address: ReturnType<FastifyInstance["server"]["address"]>): AddressInfo | null {
  return typeof address === "object" ? address : null;
}

function pathOf(request: FastifyRequest): string {
  return request.url.split("?", 1)[0] ?? "";
}

function sendProblem(reply: FastifyReply, error: unknown): Problem {
  const problem = problemOf(error);
  if (problem.status === 503 || problem.status === 429) void reply.header("retry-after", "5");
  void reply.status(problem.status).type("application/problem+json").send(problem);
  return problem;
}

/** Answers bytes that are no HTTP. */
function answerBrokenRequest(error: Error, socket: Socket): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const isTooLarge = (error as NodeJS.ErrnoException).code === "HPE_HEADER_OVERFLOW";
  const status = isTooLarge ? "431 Request Header Fields Too Large" : "400 Bad Request";
  const problem = problemOf(
    Object.assign(new Error("the request is no HTTP that can be read"), {
      statusCode: isTooLarge ? 431 : 400,
    }),
  );
  const body = encodeWireJson(problem);
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/problem+json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

/** What waits on purpose says nothing about how fast the server is. */
const WAITING = ["/api/v1/runner/claims", "/api/v1/runs/:id/events", "/api/v1/workflow-runs/:id/events"];

function noteAnswer({ metrics, log }: Platform, request: FastifyRequest, reply: FastifyReply): void {
  const { method, params } = request;
  const route = request.routeOptions.url ?? "none";
  const status = reply.statusCode;
  const seconds = reply.elapsedTime / 1000;
  if (!WAITING.includes(route)) metrics.answered({ method, route, status, seconds });
  const id = (params as { id?: string } | undefined)?.id;
  const subject = id === undefined ? {} : route.includes("/attempts/") ? { attempt_id: id } : { run_id: id };
  log.info({ method, route, status, ms: Math.round(reply.elapsedTime), ...subject }, "answered");
}

/** Whether it says only that the server is about to end, which whoever asks for it is waiting for. */
function isDraining(error: unknown): boolean {
  return error instanceof ServerError && error.code === "NOT_READY" && error.cause === undefined;
}

/** The most bytes of one file of a record. */
const MAX_FILE = 2 ** 40;
