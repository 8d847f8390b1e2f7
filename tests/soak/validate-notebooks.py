"""Validates notebooks against the official schema of nbformat 4.5, one JSON request a line."""

import json
import sys

import nbformat

for line in sys.stdin:
    try:
        notebook = json.loads(json.loads(line)["text"])
        if (notebook["nbformat"], notebook["nbformat_minor"]) != (4, 5):
            raise ValueError("the notebook is not of nbformat 4.5")
        ids = [cell["id"] for cell in notebook["cells"]]
        if len(set(ids)) != len(ids):
            raise ValueError("two cells have the same id")
        nbformat.validate(notebook, version=4, version_minor=5)
        print(json.dumps({"valid": True}))
    except Exception as error:
        print(json.dumps({"valid": False, "error": f"{type(error).__name__}: {error}"[:500]}))
