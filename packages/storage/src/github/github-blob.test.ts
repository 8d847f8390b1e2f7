import { describe, expect, it } from "vitest";
import { parseGithubBlob } from "./github-blob.ts";

describe("parseGithubBlob", () => {
  it("reads owner, repository, ref and path", () => {
    expect(
      parseGithubBlob(new URL("https://github.com/org/repo/blob/main/a%20b/n%23.ipynb?raw=true#L1")),
    ).toEqual({
      owner: "org",
      repository: "repo",
      refAndPath: ["main", "a b", "n#.ipynb"],
    });
  });

  it.each([
    "https://github.com/org/repo/raw/main/n.ipynb",
    "https://github.com/org/repo/blob/main",
    "https://github.example/org/repo/blob/main/n.ipynb",
    "https://github.com/",
    "https://github.com/org/repo/blob/main/%zz.ipynb",
  ])("leaves %s alone", (address) => {
    expect(parseGithubBlob(new URL(address))).toBeNull();
  });
});
