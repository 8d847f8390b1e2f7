/** The most bytes of a JSON body where a route says nothing. */
export const BODY_LIMIT = 4 * 2 ** 20;

/**
 * For routes that take scripts, definitions, grids, parameters as large as the server was told to take, or what
 * kernels have said.
 */
export const LARGE_BODY = { bodyLimit: 64 * 2 ** 20 };
