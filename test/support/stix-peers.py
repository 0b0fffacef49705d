"""Reads a STIX bundle as others do: the OASIS validator, and every object by the stix2 library.

Arguments: the bundle, and at how many objects the validator looks. Prints {"objects", "parsed", "faults", "warnings"} as JSON;
warnings are the codes of the validator's strict mode, with one message each.
"""
import json
import re
import sys

import stix2
from stix2validator import ValidationOptions, validate_parsed_json

path, limit = sys.argv[1], int(sys.argv[2])
with open(path, encoding="utf-8") as file:
    bundle = json.load(file)
objects = bundle["objects"]

parsed, faults = 0, []
for each in objects:
    try:
        stix2.parse(each, allow_custom=True)
        parsed += 1
    except Exception as fault:  # whatever the library says is what the test wants to see
        faults.append(f"stix2: {each['id']}: {fault}")

kinds = {}
for each in objects:
    kinds.setdefault((each["type"], each.get("relationship_type")), []).append(each)
step = max(1, len(objects) // limit)
sample = [each for group in kinds.values() for each in group[::step]]

warnings = {}
results = validate_parsed_json({**bundle, "objects": sample}, ValidationOptions(version="2.1"))
for result in results if isinstance(results, list) else [results]:
    faults.extend(f"validator: {error}" for error in result.errors or [])
    for warning in result.warnings or []:
        code = re.search(r"\{(\d+)\}", str(warning))
        warnings.setdefault(code.group(1) if code else "none", str(warning))

print(json.dumps({"objects": len(objects), "parsed": parsed, "faults": faults[:20], "warnings": warnings}))
