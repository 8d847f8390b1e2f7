import { KernelError } from "./kernel-error.ts";
import type { Kernelspec } from "./kernelspec.ts";

/**
 * Picks the kernelspec called `name`.
 *
 * Names compare without regard to case, and `python` stands for `python3`
 * where nothing has that name itself, as in `jupyter_client`.
 *
 * @throws {@link KernelError} `KERNELSPEC_NOT_FOUND`, listing the names that exist.
 */
export function findKernelspec(kernelspecs: readonly Kernelspec[], name: string): Kernelspec {
  const wanted = name.toLowerCase();
  const found =
    named(kernelspecs, wanted) ?? (wanted === "python" ? named(kernelspecs, "python3") : undefined);
  if (found) return found;

  const available = kernelspecs.map((kernelspec) => kernelspec.name);
  throw new KernelError(
    "KERNELSPEC_NOT_FOUND",
    `no kernelspec is named ${quoted(name)}; installed: ${available.join(", ") || "none"}`,
    { details: { name, available } },
  );
}

/** The name in quotes. A notebook may hold any text in place of a name, and a message is one line. */
function quoted(name: string): string {
  return name.length > MOST_SHOWN ? `${JSON.stringify(name.slice(0, MOST_SHOWN))}...` : JSON.stringify(name);
}

const MOST_SHOWN = 60;

function named(kernelspecs: readonly Kernelspec[], name: string): Kernelspec | undefined {
  return kernelspecs.find((kernelspec) => kernelspec.name.toLowerCase() === name);
}
