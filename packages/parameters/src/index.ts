/**
 * Parameters of a notebook: read from text, written in the kernel's language,
 * put into the document, and filled into paths.
 *
 * The rules are papermill's, so that a notebook made for it runs unchanged; where
 * papermill writes invalid or unsafe code, this package writes valid code.
 */
export { describeParameters } from "./describe-parameters.ts";
export type { DescribeParametersOptions } from "./describe-parameters.ts";
export { formatPath } from "./format/format-path.ts";
export type { PathBuiltIns } from "./format/format-path.ts";
export { canInferParameters, inferParameters } from "./infer/infer-parameters.ts";
export type { InferParametersOptions } from "./infer/infer-parameters.ts";
export type { InferredParameter } from "./infer/inferred-parameter.ts";
export { injectedParametersCell, injectParameters } from "./inject-parameters.ts";
export { mergeParameters, parametersFromJson, parametersToJson } from "./parameter-map.ts";
export type { ParameterMap, ParameterValue } from "./parameter-map.ts";
export { ParametersError } from "./parameters-error.ts";
export type { ParametersErrorCode } from "./parameters-error.ts";
export { parseParameterText } from "./parse-parameter-text.ts";
export { parseParameterYaml } from "./parse-parameter-yaml.ts";
export { parameterSchema } from "./schema/parameter-schema.ts";
export { parameterWarnings, refusedNames } from "./schema/parameter-warnings.ts";
export type { ParameterWarning } from "./schema/parameter-warnings.ts";
export { validateParameters } from "./schema/validate-parameters.ts";
export type { ParameterProblem } from "./schema/validate-parameters.ts";
export { secretReference, withSecretsAsText } from "./secret-reference.ts";
export { notebookOfScript } from "./script/notebook-of-script.ts";
export type { Script } from "./script/notebook-of-script.ts";
export { SCRIPT_LANGUAGES, scriptLanguageOf } from "./script/script-language.ts";
export type { ScriptLanguage } from "./script/script-language.ts";
export { expandGrid } from "./sweep/expand-grid.ts";
export type { ExpandGridOptions, SweepPoint } from "./sweep/expand-grid.ts";
export { expandRange } from "./sweep/expand-range.ts";
export type { Grid, SweepAxis } from "./sweep/grid.ts";
export { parseGridAxis } from "./sweep/parse-grid-axis.ts";
export { parseGridYaml } from "./sweep/parse-grid-yaml.ts";
export { findTaggedCell } from "./tagged-cell.ts";
export { encodeYaml } from "./yaml/encode-yaml.ts";
export { definitionLine } from "./yaml/definition-line.ts";
export type { DefinitionPlace } from "./yaml/definition-line.ts";
export { translateParameters } from "./translate/translate-parameters.ts";
export type { TranslateParametersOptions } from "./translate/translate-parameters.ts";
