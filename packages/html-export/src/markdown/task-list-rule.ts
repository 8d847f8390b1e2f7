import type { MarkdownIt, StateCore } from "markdown-it";

/** Lets a Markdown parser read GitHub's task lists. Their boxes are text, as there is no form to submit. */
export function addTaskListRule(markdown: MarkdownIt): void {
  markdown.core.ruler.after("inline", "task-list", readTasks);
}

function readTasks({ tokens }: StateCore): void {
  tokens.forEach((item, index) => {
    const inline = tokens[index + 2];
    if (item.type !== "list_item_open" || inline?.type !== "inline") return;
    const text = inline.children?.[0];
    const [box = "", state = ""] = (text?.type === "text" && /^\[([ xX])\]\s/.exec(text.content)) || [];
    if (!text || box === "") return;
    text.content = `${state === " " ? "☐" : "☑"} ${text.content.slice(box.length)}`;
    item.attrJoin("class", "task");
  });
}
