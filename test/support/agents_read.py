"""What the real atomic-agents package reads of agent folders. Jobs as JSON on stdin, answers as JSON on stdout."""

import json
import logging
import os
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

for key in ("ANTHROPIC_API_KEY", "OPENAI_API_KEY", "NOTES_KEY"):
    os.environ.setdefault(key, "none")
os.environ["HOME"] = os.environ.get("VEKSCOPE_FAKE_HOME", os.environ.get("HOME", "/"))
logging.disable(logging.CRITICAL)

import yaml
import frontmatter
from atomic_agents import AtomicAgent
from atomic_agents._model import parse_model_md_text
from atomic_agents._roster import parse_roster_md_text
from atomic_agents._schema import validate_atomic_note_frontmatter
from atomic_agents._tools import parse_tool_classifications_text, parse_tools_md_text
from atomic_agents.dashboard.quality import _build_eval_trend, _load_eval_runs
from atomic_agents.judge.escalation import poll_resolutions
from atomic_agents.judge.types import EscalationConfig
from atomic_agents.judges_md import parse_judges_md_text
from atomic_agents.policy.filesystem import FilesystemPolicyBackend


def plain(value):
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, int):
        return {"int": str(value)}
    if isinstance(value, float):
        return {"float": repr(value)}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {"map": [[plain(k), plain(v)] for k, v in value.items()]}
    return {"other": str(value)}


def attempt(make):
    try:
        return {"ok": make()}
    except RecursionError:
        return {"error": "RecursionError"}
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"[:400]}


def prompt(root, name):
    agent = AtomicAgent(name, agents_root=Path(root))
    agent.load()
    return {
        "prompt": agent.assemble_system_prompt(),
        "skills": [skill.name for skill in agent.skills],
        "notes": [ref.name for ref in agent.memory.list_notes(True, True)],
        "pinned": [ref.name for ref in agent.memory.list_pinned()],
        "recent": [ref.name for ref in agent.memory.list_recent(1000, True)],
    }


def caps(root, name):
    found = FilesystemPolicyBackend(Path(root)).get_effective_caps(name)
    return {"daily": found.daily_usd, "monthly": found.monthly_usd}


def note(path):
    meta = frontmatter.load(path).metadata
    validate_atomic_note_frontmatter(meta, Path(path).name)
    return True


def judges(text):
    cfg = parse_judges_md_text(text)
    policy = cfg.class_policy
    return {
        "backend": cfg.default_backend,
        "model": cfg.default_model,
        "timeout": cfg.timeout_ms,
        "daily": cfg.budget.daily_usd,
        "classes": [
            str(policy.read_only),
            str(policy.reversible_write),
            str(policy.external_side_effect),
            str(policy.high_risk),
        ],
        "destination": cfg.escalation.destination,
        "after": cfg.escalation.auto_decide_after_seconds,
        "fallback": dict(cfg.escalation.fallback_on_timeout),
        "poll": cfg.escalation.resolution_poll_cycle_seconds,
    }


def tools(text):
    found = parse_tools_md_text(text, agent_root=Path("/agent"))
    return {
        "counts": [len(found[key]) for key in ("read_paths", "write_paths", "read_only_paths")],
        "apis": found["external_apis"],
        "nos": found["hard_nos"],
        "classes": parse_tool_classifications_text(text),
    }


def header(text):
    post = frontmatter.loads(text)
    return {"meta": plain(dict(post.metadata)), "body": post.content}


def escalation(text):
    with tempfile.TemporaryDirectory() as root:
        place = Path(root) / "vault/escalations/high_risk/p.md"
        place.parent.mkdir(parents=True)
        place.write_bytes(text.encode("utf-8"))
        warnings = []
        events = poll_resolutions(
            agent_root=Path(root),
            judges_config_escalation=EscalationConfig(),
            log_warning=warnings.append,
        )
        if events:
            event = events[0]
            return {
                "decision": str(event.decision),
                "by": event.operator,
                "amended": event.amendment is not None,
            }
        stuck = any("failed to process" in warning for warning in warnings)
        return {"decision": "failed" if stuck else "left"}


def quality(root, name, today):
    day = date.fromisoformat(today)
    rows = _load_eval_runs(Path(root), name, day - timedelta(days=90), day)
    trend = _build_eval_trend(name, rows, day - timedelta(days=30), day)
    return {
        "trend": [[d, round(mean, 6)] for d, mean in trend.daily_scores],
        "delta": trend.delta_30d,
        "dimensions": trend.per_dimension_delta,
    }


JOBS = {
    "quality": lambda job: quality(job["root"], job["agent"], job["today"]),
    "escalation": lambda job: escalation(job["text"]),
    "prompt": lambda job: prompt(job["root"], job["agent"]),
    "caps": lambda job: caps(job["root"], job["agent"]),
    "note": lambda job: note(job["path"]),
    "yaml": lambda job: plain(yaml.safe_load(job["text"])),
    "header": lambda job: header(job["text"]),
    "model": lambda job: parse_model_md_text(job["text"]),
    "roster": lambda job: parse_roster_md_text(job["text"]),
    "judges": lambda job: judges(job["text"]),
    "tools": lambda job: tools(job["text"]),
}


def main():
    out = sys.stdout
    sys.stdout = sys.stderr
    answers = [attempt(lambda job=job: JOBS[job["do"]](job)) for job in json.load(sys.stdin)]
    json.dump(answers, out)


main()
