import { startMoto } from "../../packages/storage/testing/start-moto.ts";
import { startPlatform } from "../support/platform.ts";
import { describeViewOnly, NOTEBOOK, PNG } from "./view-only-contract.ts";

let moto: Awaited<ReturnType<typeof startMoto>> | null = null;

describeViewOnly("a server that only shows a bucket", {
  isForAnyone: false,
  async start(directory) {
    moto = await startMoto({ prefix: "notes/key-", count: 5000 });
    const { endpoint = "", env = {} } = moto.options;
    const put = async (key: string, body: string | Buffer): Promise<void> => {
      await fetch(`${endpoint}/${moto?.bucket}/${key}`, {
        method: "PUT",
        body: new Uint8Array(Buffer.from(body)),
      });
    };
    await put("notes/deep%20er/a%20b.ipynb", JSON.stringify(NOTEBOOK));
    await put("notes/deep%20er/p.png", PNG);
    await put("notes/page.html", "<script>alert(1)</script>");
    return startPlatform(directory, ["--view-only", "--mount", `/=s3://${moto.bucket}/notes`], {
      ...(env as Record<string, string>),
      AWS_ENDPOINT_URL_S3: endpoint,
      AWS_REGION: "us-east-1",
    });
  },
  async end() {
    await moto?.[Symbol.asyncDispose]();
  },
});
