import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createKeepLease } from "./keep-lease.ts";

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

describe("a keep-lease", () => {
  it("expires as long after its beginning as was granted", () => {
    const { lease, expired } = make(1_000);
    vi.advanceTimersByTime(5_000);
    lease.begin();
    expect(lease.until).toEqual(new Date(6_000));
    vi.advanceTimersByTime(999);
    expect(expired).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(expired).toHaveBeenCalledOnce();
  });

  it("expires at once when nothing was granted", () => {
    const { lease, expired } = make(0);
    lease.begin();
    expect(expired).toHaveBeenCalledOnce();
  });

  it("does not count while it is suspended", () => {
    const { lease, expired } = make(1_000);
    lease.begin();
    lease.suspend();
    expect(lease.until).toBeNull();
    vi.advanceTimersByTime(10_000);
    expect(expired).not.toHaveBeenCalled();
  });

  it("counts anew when it is granted anew", () => {
    const { lease, expired } = make(1_000);
    lease.begin();
    vi.advanceTimersByTime(900);
    lease.grant(1_000);
    vi.advanceTimersByTime(900);
    expect(expired).not.toHaveBeenCalled();
    vi.advanceTimersByTime(100);
    expect(expired).toHaveBeenCalledOnce();
  });

  it("lasts longer than any timer", () => {
    const days = 24 * 3_600_000;
    const { lease, expired } = make(100 * days);
    lease.begin();
    vi.advanceTimersByTime(100 * days - 1);
    expect(expired).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(expired).toHaveBeenCalledOnce();
  });
});

function make(keepMs: number) {
  const expired = vi.fn<() => void>();
  return { lease: createKeepLease(keepMs, expired), expired };
}
