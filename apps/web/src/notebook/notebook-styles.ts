/** Imported for its effect: the rules for what notebooks hold come with the first page that shows one. */
import { installContentStyles } from "@notemill/outputs";
import "@notemill/viewer/viewer.css";
import "../styles/notebook.css";

installContentStyles(document);
