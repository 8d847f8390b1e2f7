"""Makes the fixtures of packages/scraps again, by executing cells with the real libraries.

Run it with a Python that has nbclient, ipykernel and the library in question::

    python python/tests/make_fixtures.py scrapbook   # needs scrapbook 0.5.0, pandas, pyarrow
    python python/tests/make_fixtures.py notemill    # needs pandas, pyarrow
    python python/tests/make_fixtures.py papermill   # needs papermill 0.19.1
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import nbclient
import nbformat

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "packages" / "scraps" / "test" / "fixtures"

SCRAPBOOK = [
    "import warnings; warnings.simplefilter('ignore')\n"
    "import scrapbook as sb, pandas as pd\n"
    "from IPython.display import Markdown",
    "sb.glue('text', 'hello')\n"
    "sb.glue('digits', '123')\n"
    "sb.glue('whole', 1)\n"
    "sb.glue('float', 1.0)\n"
    "sb.glue('tenth', 0.1)\n"
    "sb.glue('big', 12345678901234567890)\n"
    "sb.glue('yes', True)\n"
    "sb.glue('list', [1, 2.0, None, 'x'])\n"
    "sb.glue('dict', {'a': {'b': 1}})\n"
    "sb.glue('json text', '{\"a\": 1}', encoder='json')",
    "sb.glue('shown', Markdown('**only shown**'))",
    "sb.glue('both', {'a': 1}, display=True)",
    "sb.glue('frame', pd.DataFrame({'n': [1, 2], 's': ['x', 'é']}))",
    "sb.glue('nan', float('nan'))",
    "sb.glue('again', 1)",
    "sb.glue('again', 2)",
    "sb.glue('replaced', 1)",
    "sb.glue('replaced', Markdown('data is gone'))",
]

NOTEMILL = [
    "import datetime, decimal, numpy as np, pandas as pd\n"
    "from IPython.display import Markdown\n"
    "from notemill import check, display, glue, record",
    *[source.replace("sb.glue", "glue") for source in SCRAPBOOK[1:]],
    "glue('none', None)\n"
    "glue('nested nan', {'loss': [0.5, float('inf')]})\n"
    "glue('date', datetime.date(2026, 7, 1))\n"
    "glue('decimal', decimal.Decimal('1.10'))\n"
    "glue('numpy', np.float32(0.5))\n"
    "glue('array', np.arange(4).reshape(2, 2))",
    "record('recorded', 0.25)\nrecord('recorded none', None)\ndisplay('displayed', Markdown('seen'))",
    "check('has rows', True, rows=3)",
    "check('no nulls', False, 'warning', 'two rows have none', nulls=2)",
    "check('fresh', False, severity='info')\ncheck('sum adds up', False, message='off by one')",
]

PAPERMILL = [
    "import warnings; warnings.simplefilter('ignore')\nimport papermill as pm",
    "pm.record('text', 'hello')\npm.record('digits', '123')\n"
    "pm.record('tenth', 0.1)\npm.record('none', None)\n"
    "pm.record('list', [1, None])\npm.record('dict', {'a': 1})\npm.display('shown', 'Text')",
    "pm.display('both', 'Looks')\npm.record('both', 5)",
]

RECIPES: dict[str, tuple[str, list[str]]] = {
    "scrapbook": ("scrapbook-0.5.ipynb", SCRAPBOOK),
    "notemill": ("notemill.ipynb", NOTEMILL),
    "papermill": ("papermill-0.19.ipynb", PAPERMILL),
}


def make(name: str) -> None:
    """Executes one recipe and writes its notebook."""
    file_name, sources = RECIPES[name]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    for index, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{index}"
    os.environ["PYTHONPATH"] = str(ROOT / "python" / "src")
    nbclient.NotebookClient(notebook, kernel_name="python3", record_timing=False).execute()
    for cell in notebook.cells:
        # What libraries print on import, such as the paths of this machine, is no part of the fixture.
        cell.outputs = [output for output in cell.outputs if output.output_type != "stream"]
    notebook.metadata.papermill = {"parameters": {"alpha": 0.5, "rows": 3}, "version": "0.0.0"}
    nbformat.write(notebook, str(FIXTURES / file_name))


if __name__ == "__main__":
    for recipe in sys.argv[1:] or RECIPES:
        make(recipe)
