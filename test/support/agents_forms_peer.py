"""What the real atomic_agents package and its libraries read in texts; jobs and answers are JSON."""

import dataclasses
import enum
import json
import re
import sys
import tempfile
import warnings
from datetime import date, datetime, time
from pathlib import Path

import frontmatter
import yaml

from atomic_agents import _model, _roster, _tools, judges_md, mandates_md, mcp, persona_link_md, policy_md
from atomic_agents.mandate.types import TargetPattern
from atomic_agents.serve import _config

warnings.simplefilter("ignore")
BLOCK = re.compile(r"```yaml\s*\n(.*?)```", re.DOTALL)


def plain(value):
    if isinstance(value, TargetPattern) and value.kind == "exact":
        return value.pattern
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: plain(getattr(value, field.name))
            for field in dataclasses.fields(value)
            if field.name not in ("source_hash", "source_path", "source", "validation_source")
        }
    if isinstance(value, enum.Enum):
        return plain(value.value)
    if isinstance(value, dict):
        return {str(plain(key)): plain(one) for key, one in value.items()}
    if isinstance(value, (set, frozenset)):
        return {"__set__": sorted(str(one) for one in value)}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    return value


def blocks(text):
    merged = {}
    for block in BLOCK.findall(text):
        merged.update(yaml.safe_load(block) or {})
    return merged


def header(text):
    return frontmatter.loads(text).metadata


def model(text):
    return {**_model.parse_model_md_text(text), "yaml": blocks(text)}


def tools(text):
    read = _tools.parse_tools_md_text(text, Path("/agent"))
    return {**read, "classes": _tools.parse_tool_classifications_text(text)}


def at_path(text, name, read):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(text.encode())
        return read(path)


def mandates(text):
    def read(path):
        meta, found = mandates_md.parse_mandates_md(path, scope="agent:a", is_project_root=True)
        return {"meta": meta, "mandates": {one.mandate_id: one for one in found}}

    return at_path(text, "mandates.md", read)


READERS = {
    "model": model,
    "tools": tools,
    "roster": lambda text: {"names": _roster.parse_roster_md_text(text)},
    "mcp": lambda text: {
        one.name: dataclasses.asdict(one) for one in mcp.parse_mcp_md_text(text, resolve_env=False)
    },
    "judges": judges_md.parse_judges_md_text,
    "mandates": mandates,
    "policy": lambda text: at_path(text, "policy.md", policy_md.parse_policy_md),
    "persona-link": persona_link_md.parse_persona_link_md_text,
    "serve": lambda text: _config._parse_serve_md(text, {}),
    "governance": blocks,
    "targets": blocks,
    "playbook": lambda text: {"header": header(text), "run": blocks(text)},
}


def answer(job):
    # a file is opened as text, which makes one line end of all
    text = job["text"].replace("\r\n", "\n").replace("\r", "\n")
    try:
        return {"ok": plain(READERS.get(job["kind"], header)(text))}
    except Exception as error:  # the package has many kinds of them
        return {"error": f"{type(error).__name__}: {error}"}


json.dump([answer(job) for job in json.load(sys.stdin)], sys.stdout)
