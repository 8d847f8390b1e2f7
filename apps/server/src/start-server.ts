import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { checkProxies, readAddresses } from "./access/addresses.ts";
import { readToken } from "./data/read-token.ts";
import { writeServerFile } from "./data/server-file.ts";
import { startDelivering } from "./deliveries/deliver.ts";
import { createMailSender } from "./deliveries/send-mail.ts";
import { installExamples } from "./examples/install-examples.ts";
import { cannotListen } from "./http/check-address.ts";
import { createApp } from "./http/create-app.ts";
import { listenAsLocalhost } from "./http/listen-as-localhost.ts";
import type { BodyTimes } from "./http/slow-bodies.ts";
import { readPages } from "./pages/read-pages.ts";
import { openData } from "./start/open-data.ts";
import { openPlatform } from "./start/open-platform.ts";
import type { PlatformServer, ServerOptions } from "./start/server-options.ts";
import { startLoops } from "./start/start-loops.ts";

const BODY_TIMES: BodyTimes = { silenceMs: 60_000, wholeMs: 300_000 };

/**
 * Starts the platform's server: opens or makes its data directory and database, and listens.
 *
 * @throws {@link ServerError} `ADDRESS_UNUSABLE`, `SERVER_URL_INVALID`, `TOKEN_FILE_UNUSABLE`, `SECRET_KEY_UNUSABLE`, `MOUNT_INVALID`, `STORE_LOCKED` where a server runs on the data directory, and what the database throws.
 */
export async function startServer(options: ServerOptions): Promise<PlatformServer> {
  const { host = "127.0.0.1", port = 8765, trustedProxies = [], pagesDirectory } = options;
  const addresses = readAddresses(options);
  checkProxies(trustedProxies);
  const directories = await openData(options, { host, port });
  const { data } = directories;
  const token = options.token ?? (await readToken(options.tokenFile ?? join(data, "token")));
  const runnerToken = await readToken(join(data, "runner-token"));

  await using started = new AsyncDisposableStack();
  const draining = new AbortController();
  const closing = new AbortController();
  let url = "";
  const platform = await openPlatform({
    options,
    directories,
    addresses,
    token,
    url: () => url,
    draining: draining.signal,
    closing: closing.signal,
    started,
  });
  if (options.examplesDirectory !== undefined) {
    await installExamples(platform, options.examplesDirectory);
    platform.fileChanged("/shared/examples");
  }
  await startLoops(platform, { started, retentionEveryMs: options.retentionEveryMs });
  const { publicUrl, outputUrl, basePath } = addresses;
  const named = [publicUrl, outputUrl].filter((it) => it !== null).map((it) => new URL(it).hostname);
  const app = createApp(platform, {
    token,
    runnerToken,
    allowedHosts: [...(options.allowedHosts ?? []), ...named],
    addresses,
    trustedProxies,
    pages: pagesDirectory === undefined ? null : await readPages(pagesDirectory, addresses.outerPath),
    bodyTimes: options.bodyTimes ?? BODY_TIMES,
  });
  started.defer(() => app.close());
  const listening = await app.listen({ host, port }).catch((cause: unknown) => {
    throw cannotListen(host, port, cause);
  });
  url = `${listening}${basePath}`;
  const browserUrl = host === "127.0.0.1" ? await asLocalhost(app, started) : null;
  if (platform.viewOnly === null) {
    const mail = options.mail === undefined ? null : started.use(createMailSender(options.mail));
    started.use(startDelivering(platform, { mail, allowedWebhooks: options.allowedWebhooks ?? [] }));
  }
  await writeServerFile(data, { url, pid: process.pid, instance: platform.instance });
  const parts = started.move();
  const close = async (): Promise<void> => {
    draining.abort();
    closing.abort();
    await parts.disposeAsync();
  };
  return {
    url,
    browserUrl: addresses.publicUrl ?? (browserUrl === null ? url : `${browserUrl}${basePath}`),
    token,
    runnerToken,
    instance: platform.instance,
    drain: () => draining.abort(),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** The address of a server on 127.0.0.1 by the name `localhost`; null where another program has that name too. */
async function asLocalhost(app: FastifyInstance, started: AsyncDisposableStack): Promise<string | null> {
  const { port } = app.server.address() as AddressInfo;
  const second = await listenAsLocalhost(app.server, port);
  if (second === "taken") return null;
  if (second !== null) started.defer(() => void second.close());
  return `http://localhost:${port}`;
}
