import { createClient, type PlatformClient } from "@notemill/client";
import { BASE_PATH } from "../routing/base-path.ts";

/** The server that the app came from; the browser's cookie says who asks. */
export const server: PlatformClient = createClient({
  serverUrl: location.origin + BASE_PATH,
  send: (url, request) => fetch(url, { ...request, credentials: "same-origin" }),
});
