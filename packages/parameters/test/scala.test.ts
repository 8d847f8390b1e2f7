import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

import type { JsonValue } from "@notemill/json";
import * as fc from "fast-check";
import { expect, it } from "vitest";

import { describeWith, SCALA, scalaCompilers } from "../../../tests/requirements.ts";
import { canonical } from "./canonical.ts";
import { translateBatch } from "./round-trip.ts";
import { runProcess } from "./run-process.ts";
import { anyValue, HOSTILE_VALUES } from "./values.ts";

/** Prints variables as canonical.ts does. */
const DUMP = `
object Dump {
  def text(x: Any): String = x.toString.codePoints.toArray.mkString("s(", " ", ")")
  def show(x: Any): String = x match {
    case None => "null"
    case x: Boolean => x.toString
    case x: String => text(x)
    case x: Double if x.isNaN => "d(nan)"
    case x: Double => "d(%016x)".format(java.lang.Double.doubleToLongBits(x))
    case x: Int => "i(" + x + ")"
    case x: Long => "i(" + x + ")"
    case x: BigInt => "i(" + x + ")"
    case x: Seq[_] => x.map(show).mkString("[", ",", "]")
    case x: Map[_, _] => x.toSeq.map(pair => text(pair._1) + ":" + show(pair._2)).sorted.mkString("{", ",", "}")
  }
}
`;
/** The JVM bounds the code of one object, as it bounds that of one cell. */
const VALUES_IN_CELL = 40;

const AS_IN_SCALA = { mixedIntegersAreDoubles: true };

/** Each compiler with its main class and the jars that are not its own. */
const COMPILERS = [
  { name: "Scala 2.13", main: "scala.tools.nsc.Main", foreign: /^(scala3|scala-asm|tasty)/ },
  { name: "Scala 3", main: "dotty.tools.dotc.Main", foreign: /^scala-(compiler|reflect)/ },
];

/** Compiles and runs a program whose main object is `Main`. */
function runScala({ foreign, main }: (typeof COMPILERS)[number], program: string): string {
  const directory = mkdtempSync(join(tmpdir(), "notemill-scala-"));
  try {
    const classes = join(directory, "classes");
    mkdirSync(classes);
    writeFileSync(join(directory, "Program.scala"), program);
    const jars = readdirSync(scalaCompilers).filter((jar) => !foreign.test(jar));
    const path = jars.map((jar) => join(scalaCompilers, jar)).join(delimiter);
    const java = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss8m", "-cp"];
    runProcess("java", [
      ...java,
      path,
      main,
      "-nowarn",
      "-classpath",
      path,
      "-d",
      classes,
      join(directory, "Program.scala"),
    ]);
    return runProcess("java", [...java, `${classes}${delimiter}${path}`, "Main"]);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Assigns values, a few in a cell, and gives what Scala then holds, one line each. */
function roundTrip(
  compiler: (typeof COMPILERS)[number],
  values: readonly JsonValue[],
): { expected: string[]; found: string[]; refused: readonly string[] } {
  const cells = Array.from({ length: Math.ceil(values.length / VALUES_IN_CELL) }, (_, index) =>
    translateBatch("scala", values.slice(index * VALUES_IN_CELL, (index + 1) * VALUES_IN_CELL)),
  );
  const objects = cells.map(
    ({ accepted, source }, index) =>
      `object Cell${index} {\n${source}\nval all = Seq[Any](${[...accepted.keys()].join(", ")})\n}\n`,
  );
  const show = cells.map((_, index) => `Cell${index}.all.foreach(x => println(Dump.show(x)))`).join("\n");
  const program = `${DUMP}${objects.join("")}object Main { def main(arguments: Array[String]): Unit = {\n${show}\n} }\n`;
  return {
    expected: cells.flatMap(({ accepted }) =>
      [...accepted.values()].map((value) => canonical(value, AS_IN_SCALA)),
    ),
    found: runScala(compiler, program).trimEnd().split("\n"),
    refused: cells.flatMap(({ refused }) => refused),
  };
}

describeWith(SCALA, "Scala", () => {
  it.each(COMPILERS)("reads hostile and any values back in $name", (compiler) => {
    const long = 'x$\\"é'.repeat(100_000);
    const values = [...HOSTILE_VALUES, ...fc.sample(anyValue, { numRuns: 300, seed: 5 }), long];
    const { expected, found, refused } = roundTrip(compiler, values);
    expect(found).toEqual(expected);
    expect(refused).toEqual([]);
  });
});
