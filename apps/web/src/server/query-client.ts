import { ClientError, ServerProblem } from "@notemill/client";
import { QueryClient } from "@tanstack/react-query";

/** Makes what keeps answers of the server. A request that the server refused is not sent again by itself. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 2000,
        retry: (count, error) => error instanceof ClientError && count < 3,
      },
    },
  });
}

/** Whether an error says that nobody is signed in. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ServerProblem && error.status === 401;
}
