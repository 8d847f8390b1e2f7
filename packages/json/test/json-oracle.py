"""Reads and writes JSON as Python does, one request per line."""

import json
import sys

for line in sys.stdin:
    text = json.loads(line)["text"]
    try:
        value = json.loads(text)
        answer = {
            "indented": json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True),
            "escaped": json.dumps(value, separators=(",", ":"), sort_keys=True),
        }
    except ValueError:
        answer = "invalid"
    print(json.dumps(answer))
