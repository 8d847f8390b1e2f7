/** The address of a file that the build puts beside the app. */
declare module "*.md?url" {
  const url: string;
  export default url;
}
