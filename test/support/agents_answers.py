"""How the real atomic-agents package takes answers of persons. Jobs as JSON on stdin, answers as JSON on stdout."""

import json
import logging
import os
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

for key in ("ANTHROPIC_API_KEY", "OPENAI_API_KEY"):
    os.environ.setdefault(key, "none")
logging.disable(logging.CRITICAL)

from atomic_agents import AtomicAgent
from atomic_agents.judge.escalation import poll_resolutions, write_pending_escalation
from atomic_agents.judge.proposal import compute_arguments_hash, compute_tool_definition_hash
from atomic_agents.judge.types import ActionClass, ActionProposal, EscalationConfig
from atomic_agents.tools import ToolDefinition, ToolRegistry
from atomic_agents.tuning import apply_proposals, parse_report_proposals

SCHEMA = {"type": "object", "properties": {}, "required": []}
CALLS = []


def send(given):
    CALLS.append(["mail__send", given])
    return "sent"


def wipe(given):
    CALLS.append(["disk__wipe", given])
    return "wiped"


TOOLS = {"mail__send": (send, "reversible_write"), "disk__wipe": (wipe, "high_risk")}


def registry():
    made = ToolRegistry()
    for name, (handler, kind) in TOOLS.items():
        made.register(
            ToolDefinition(
                name=name, description=name, input_schema=SCHEMA, handler=handler, classification=kind
            )
        )
    return made


def make(root, agent, items):
    """Pending escalations by the package's own writer."""
    paths = []
    for item in items:
        handler, kind = TOOLS[item["tool"]]
        proposal = ActionProposal(
            tool_name=item["tool"],
            tool_arguments=item["arguments"],
            tool_call_id="call-" + item["id"],
            tool_definition_hash=compute_tool_definition_hash(item["tool"], SCHEMA, handler),
            arguments_hash=compute_arguments_hash(item["arguments"]),
            classification=ActionClass(kind),
            classification_source="tools.py",
            actor_agent=agent,
            actor_run_id="run-1",
            proposal_id=item["id"],
            proposal_ts="2026-06-08T10:00:00+00:00",
        )
        path, _ = write_pending_escalation(
            proposal=proposal,
            judgment_reason=item["reason"],
            judge_id="rules",
            agent_root=Path(root) / agent,
            agent_name=agent,
            parent_run_id="run-1",
            policy_version="3",
            judges_config_escalation=EscalationConfig(),
        )
        paths.append(path.relative_to(root).as_posix())
    return paths


def told(event):
    amendment = None if event.amendment is None else asdict(event.amendment)
    return {
        "decision": str(event.decision),
        "enforcement": event.enforcement_action,
        "by": event.operator,
        "at": event.resolved_at,
        "reason": event.reason,
        "amendment": amendment,
    }


def poll(text):
    """What a poll makes of one file, given as text with its own line ends."""
    warnings = []
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "vault" / "escalations" / "high_risk"
        place.mkdir(parents=True)
        (place / "p.md").write_bytes(text.encode("utf-8"))
        events = poll_resolutions(
            agent_root=Path(folder),
            judges_config_escalation=EscalationConfig(),
            log_warning=warnings.append,
        )
    return {"events": [told(event) for event in events], "warnings": warnings}


def act(root, name):
    """Polls as a run does, twice: what was decided, and which tools were called with what."""
    CALLS.clear()
    agent = AtomicAgent(name, agents_root=Path(root), tools=registry())
    agent.load()
    first = [told(event) for event in agent.poll_escalations()]
    again = [told(event) for event in agent.poll_escalations()]
    lines = [
        json.loads(line)
        for log in sorted((Path(root) / name / "log").rglob("*.jsonl"))
        for line in log.read_text(encoding="utf-8").splitlines()
    ]
    triggers = [[line.get("trigger"), line.get("escalation_queue_id")] for line in lines]
    return {"first": first, "again": again, "calls": list(CALLS), "triggers": triggers}


def tuning(path):
    return [
        [one.proposal_id, one.operator_decision, one.operator_notes, one.target_file, one.proposed_diff]
        for one in parse_report_proposals(Path(path))
    ]


def apply(root, agent, report):
    return apply_proposals(Path(root), agent, report, dry_run=True)


JOBS = {
    "make": lambda job: make(job["root"], job["agent"], job["items"]),
    "poll": lambda job: poll(job["text"]),
    "act": lambda job: act(job["root"], job["agent"]),
    "tuning": lambda job: tuning(job["path"]),
    "apply": lambda job: apply(job["root"], job["agent"], job["report"]),
}


def main():
    out = sys.stdout
    sys.stdout = sys.stderr
    answers = [JOBS[job["do"]](job) for job in json.load(sys.stdin)]
    json.dump(answers, out, default=str)


main()
