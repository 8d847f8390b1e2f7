/** A Vitest reporter that names the tests which passed only when they were tried again. */
export default class ReportSecondTries {
  #names = [];

  onTestCaseResult(test) {
    if (test.diagnostic()?.flaky) this.#names.push(`${test.module.relativeModuleId}: ${test.fullName}`);
  }

  onTestRunEnd() {
    if (this.#names.length === 0) return;
    console.error(`\nPassed only when tried again:\n${this.#names.map((name) => `  ${name}`).join("\n")}`);
  }
}
