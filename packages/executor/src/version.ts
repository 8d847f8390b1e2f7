/** Version of Notemill that goes into output notebooks. A test holds it to the package's. */
export const NOTEMILL_VERSION = "0.1.0";
