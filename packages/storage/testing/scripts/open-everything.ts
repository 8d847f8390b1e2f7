/** Opens one place of each kind and prints, as JSON, the modules that were loaded from other packages for it. */
import { registerHooks } from "node:module";

const loaded: string[] = [];
registerHooks({
  resolve: (specifier, context, next) => {
    const isForeign = !/^(?:node:|file:|\.)/.test(specifier) && !specifier.startsWith("@notemill/");
    if (isForeign) loaded.push(specifier);
    return next(specifier, context);
  },
});

const { openFsStore, openLocation, openS3Store } = await import("../../src/index.ts");
for (const name of ["-", "x", "https://host/x", "https://github.com/o/r/blob/main/x", "s3://bucket/key"]) {
  openLocation(name, { env: {} });
}
openFsStore(".");
openS3Store({ bucket: "bucket", env: {} });
process.stdout.write(JSON.stringify(loaded));
