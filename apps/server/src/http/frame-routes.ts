import { outputFrameSchema } from "@notemill/api";
import type { FastifyInstance } from "fastify";
import type { Addresses } from "../access/addresses.ts";
import { appOrigin, isApartHost } from "../outputs/output-origin.ts";
import { framePolicy } from "../outputs/output-policy.ts";
import type { Pages } from "../pages/read-pages.ts";
import { sendPageFile } from "../pages/send-page-file.ts";
import { ServerError } from "../server-error.ts";

/**
 * The frames of programs that show outputs, where these have an origin of their own. They hold
 * nothing of anybody: the page of the app hands them what they show.
 */
export function frameRoutes(app: FastifyInstance, { frames, files }: Pages, addresses: Addresses): void {
  const { basePath, outputUrl } = addresses;
  app.get("/outputs/frames/:frame", (request, reply) => {
    const { data: frame } = outputFrameSchema.safeParse((request.params as { readonly frame: string }).frame);
    const html = frame === undefined ? undefined : frames.get(frame);
    const { host = "" } = request.headers;
    if (frame === undefined || html === undefined || !isApartHost(addresses, host))
      throw new ServerError("OUTPUT_URL_INVALID", "there is no such frame, or not at this host");
    const assets = `${outputUrl ?? `http://${host}${basePath}`}/outputs/assets/`;
    return reply
      .headers({
        "content-security-policy": framePolicy(frame, { assets, appOrigin: appOrigin(addresses, host) }),
        "cross-origin-resource-policy": "cross-origin",
        "referrer-policy": "no-referrer",
        "x-dns-prefetch-control": "off",
      })
      .type("text/html; charset=utf-8")
      .send(html);
  });
  for (const [path, file] of files) {
    if (!file.isImmutable) continue;
    app.get(`/outputs/${path}`, (request, reply) => {
      void reply.headers({
        // A frame has no origin, so its own program is of another one.
        "access-control-allow-origin": "*",
        "cross-origin-resource-policy": "cross-origin",
        "content-security-policy": "default-src 'none'; sandbox",
      });
      return sendPageFile({ request, reply }, file);
    });
  }
}
