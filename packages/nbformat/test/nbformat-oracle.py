"""Reads notebooks with Jupyter's nbformat as papermill does, and writes them again, one request per line."""

import itertools
import json
import logging
import sys
import warnings

import nbformat
import nbformat.v4
import nbformat.v4.convert
import nbformat.validator

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)

for line in sys.stdin:
    request = json.loads(line)
    if "schema" in request:
        print(json.dumps(nbformat.validator._get_schema_json(nbformat.v4, 4, request["schema"])))
        continue
    ids = (f"new-{number}" for number in itertools.count(1))
    # nbformat draws ids at random in these two places.
    nbformat.v4.convert.random_cell_id = lambda: next(ids)
    nbformat.validator.generate_corpus_id = lambda: next(ids)
    try:
        notebook = nbformat.v4.upgrade(nbformat.reads(request["text"], as_version=4))
        answer = {"text": nbformat.writes(notebook), "valid": nbformat.validator.isvalid(notebook)}
    except Exception as error:
        answer = {"error": f"{type(error).__name__}: {error}"[:200]}
    print(json.dumps(answer))
