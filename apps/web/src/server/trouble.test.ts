import { ClientError, ServerProblem } from "@notemill/client";
import { expect, it } from "vitest";
import { troubleOf, UNTIL_ANSWERED } from "./trouble.ts";

const AWAY = [
  new ClientError("SERVER_UNREACHABLE", "nobody is there"),
  new ClientError("ANSWER_INVALID", "a page of a proxy", { details: { status: 502 } }),
  new ServerProblem("STORE_UNAVAILABLE", "the database is lost", 503, {}),
];
const REFUSED = [
  new ClientError("ANSWER_INVALID", "another version"),
  new ServerProblem("RUN_NOT_FOUND", "no run", 404, {}),
];

it.each(AWAY)("keeps what is there, and asks again, at %s", (error) => {
  const none = { error: null, failureReason: null };
  expect(troubleOf({ ...none, data: 1, failureReason: error })).toEqual({ problem: null, isAway: true });
  expect(troubleOf({ ...none, data: null, error })).toEqual({ problem: null, isAway: true });
  expect(troubleOf({ ...none, data: undefined, failureReason: error })).toEqual({
    problem: error,
    isAway: false,
  });
  expect(UNTIL_ANSWERED.retry(1000, error)).toBe(true);
});

it.each(REFUSED)("shows nothing but %s, and does not ask again", (error) => {
  expect(troubleOf({ data: 1, error, failureReason: error })).toEqual({ problem: error, isAway: false });
  expect(UNTIL_ANSWERED.retry(0, error)).toBe(false);
});

it("tells of no trouble where there is none", () => {
  expect(troubleOf({ data: 1, error: null, failureReason: null })).toEqual({ problem: null, isAway: false });
});
