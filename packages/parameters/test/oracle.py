"""Answers requests, one JSON object a line, with what Python and papermill do."""

import ast
import datetime
import json
import logging
import re
import sys
import tempfile

import yaml
from click.testing import CliRunner
from papermill.cli import _resolve_type
from papermill.cli import papermill as papermill_command
from papermill.inspection import _infer_parameters
from papermill.translators import papermill_translators
import papermill.parameterize
import nbformat


logging.disable(logging.CRITICAL)


class DatesAreText(yaml.SafeLoader):
    """PyYAML's safe loader without dates, as papermill sets it up."""


DatesAreText.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def translate(request):
    translator = papermill_translators.find_translator(request["kernel"], request["language"])
    return translator.codify(request["parameters"])


def execute(request):
    scope = {}
    exec(request["source"], scope)
    return {name: value for name, value in scope.items() if name != "__builtins__"}


def format_path(request):
    builtins = {
        "pm": {
            "run_uuid": request["uuid"],
            "current_datetime_local": datetime.datetime.fromisoformat(request["local"]),
            "current_datetime_utc": datetime.datetime.fromisoformat(request["utc"]),
        }
    }
    builtins.update(request["parameters"])
    return papermill.parameterize.parameterize_path(request["template"], builtins)


def read_text(request):
    return _resolve_type(request["text"])


def read_yaml(request):
    return yaml.load(request["text"], Loader=DatesAreText)


def inspect(request):
    cell = nbformat.v4.new_code_cell(source=request["source"], metadata={"tags": ["parameters"]})
    notebook = nbformat.v4.new_notebook(
        cells=[cell], metadata={"kernelspec": {"name": "python3", "display_name": "Python"}, "language_info": {"name": "python"}}
    )
    return [parameter._asdict() for parameter in _infer_parameters(notebook)]


def read_literal(request):
    source = request["source"]
    try:
        value = ast.literal_eval(source)
    except (ValueError, SyntaxError):
        if not re.fullmatch(r"-?float\('\w+'\)", source):
            raise
        value = eval(source)
    return as_lists(value)


def as_lists(value):
    if isinstance(value, (list, tuple, set)):
        return [as_lists(item) for item in value]
    if isinstance(value, dict):
        return {key: as_lists(item) for key, item in value.items()}
    return value


def help_text(request):
    cells = [nbformat.v4.new_code_cell(source=source, metadata=metadata) for source, metadata in request["cells"]]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python"}, "language_info": {"name": "python"}}
    with tempfile.TemporaryDirectory() as directory:
        path = f"{directory}/notebook.ipynb"
        nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), path)
        output = CliRunner().invoke(papermill_command, ["--help-notebook", path]).output
    usage, _, rest = output.partition("\n")
    return {"path": path, "text": rest}


def plain_keys(value):
    """Spells keys as Python's `str` does, which is what papermill writes into source."""
    if isinstance(value, dict):
        return {str(key): plain_keys(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain_keys(item) for item in value]
    if isinstance(value, (bytes, set, tuple)):
        raise TypeError(f"{type(value).__name__} is not JSON")
    return value


OPERATIONS = {
    "execute": execute,
    "format": format_path,
    "help": help_text,
    "inspect": inspect,
    "literal": read_literal,
    "text": read_text,
    "translate": translate,
    "yaml": read_yaml,
}

for line in sys.stdin:
    request = json.loads(line)
    try:
        answer = {"value": plain_keys(OPERATIONS[request["operation"]](request))}
        text = json.dumps(answer)
    except Exception as error:
        text = json.dumps({"error": type(error).__name__, "message": str(error)})
    print(text, flush=True)
