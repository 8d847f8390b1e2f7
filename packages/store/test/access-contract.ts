import { expect, it } from "vitest";
import { at, newId } from "./core.ts";
import {
  createLink,
  createToken,
  deleteToken,
  type Driver,
  findLink,
  findToken,
  isSignedOut,
  listLinks,
  listTokens,
  noteSignOut,
  noteUse,
} from "../src/index.ts";

/** What a driver has to do with who may ask. */
export function accessContract(driver: () => Driver): void {
  const token = (name: string, expiresAt: Date | null = null): Promise<string | undefined> =>
    createToken(driver(), {
      id: newId(),
      owner: "ann",
      name,
      sha256: `hash of ${name}`,
      scope: "read",
      expiresAt,
      now: at(1),
    }).then((made) => made?.id);

  it("finds a token by its hash and its id until it ends or is revoked, and no second one of its name", async () => {
    const id = (await token("b", at(10))) ?? "";
    expect(await token("b")).toBeUndefined();
    await token("a");
    const names = async (after: string): Promise<readonly string[]> =>
      (await listTokens(driver(), { owner: "ann", after, limit: 9 })).map(({ name }) => name);
    expect([await names(""), await names("a")]).toEqual([["a", "b"], ["b"]]);
    const found = { id, owner: "ann", name: "b", scope: "read", expiresAt: at(10), lastUsedAt: null };
    expect(await findToken(driver(), { sha256: "hash of b" }, at(9))).toMatchObject(found);
    expect(await findToken(driver(), { id }, at(9))).toMatchObject(found);
    expect(await findToken(driver(), { id }, at(10))).toBeNull();
    expect(await deleteToken(driver(), "bob", id)).toBeNull();
    expect(await deleteToken(driver(), "ann", id)).toBe("b");
    expect(await findToken(driver(), { id }, at(9))).toBeNull();
  });

  it("writes that a token was used once a minute, whichever server it is that does", async () => {
    const id = (await token("used")) ?? "";
    const usedAt = async (): Promise<Date | null | undefined> =>
      (await findToken(driver(), { id }, at(1)))?.lastUsedAt;
    const use = (lastUsedAt: Date | null, second: number): Promise<void> =>
      noteUse(driver(), "access_token", { id, lastUsedAt, now: at(second) });
    await use(null, 5);
    // Another server that has not seen the first.
    await use(null, 6);
    expect(await usedAt()).toEqual(at(5));
    await use(at(5), 64);
    expect(await usedAt()).toEqual(at(5));
    await use(at(5), 65);
    expect(await usedAt()).toEqual(at(65));
  });

  it("lists links newest first, and finds one until it ends", async () => {
    const ids: string[] = [];
    for (const sha256 of ["one", "two", "three"]) {
      const id = newId();
      ids.unshift(id);
      await createLink(driver(), {
        id,
        owner: "ann",
        sha256,
        kind: "file",
        path: "/home/ann/a.ipynb",
        runId: null,
        code: "omit",
        note: "",
        expiresAt: at(10),
        now: at(1),
      });
    }
    const [, second = ""] = ids;
    const page = async (before: string | null): Promise<readonly string[]> =>
      (await listLinks(driver(), { owner: "ann", before, limit: 2 })).map(({ id }) => id);
    expect([await page(null), await page(second)]).toEqual([ids.slice(0, 2), ids.slice(2)]);
    for (const wanted of [{ sha256: "two" }, { id: second }]) {
      expect(await findLink(driver(), wanted, at(9))).toMatchObject({
        id: second,
        kind: "file",
        code: "omit",
      });
      expect(await findLink(driver(), wanted, at(10))).toBeNull();
    }
  });

  it("knows a sign-in that was ended for as long as its cookie would hold", async () => {
    const id = newId();
    expect(await isSignedOut(driver(), id)).toBe(false);
    for (const second of [1, 2]) await noteSignOut(driver(), { id, expiresAt: at(10), now: at(second) });
    expect(await isSignedOut(driver(), id)).toBe(true);
    await noteSignOut(driver(), { id: newId(), expiresAt: at(99), now: at(11) });
    expect(await isSignedOut(driver(), id)).toBe(false);
  });
}
