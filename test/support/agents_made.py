"""What the real atomic-agents package makes of files that a template made. Jobs as JSON on stdin, answers on stdout."""

import json
import logging
import os
import sys
from pathlib import Path

for key in ("ANTHROPIC_API_KEY", "OPENAI_API_KEY"):
    os.environ.setdefault(key, "none")
logging.disable(logging.CRITICAL)

import frontmatter
import yaml
from atomic_agents import AtomicAgent, doctor
from atomic_agents._model import parse_model_md
from atomic_agents._roster import parse_roster_md_text
from atomic_agents._schema import (
    derive_filename,
    validate_atomic_note_frontmatter,
    validate_wiki_frontmatter,
)
from atomic_agents._tools import parse_tool_classifications_text, parse_tools_md_text
from atomic_agents.eval import EvalRunner
from atomic_agents.goal.filesystem import FilesystemGoalBackend
from atomic_agents.journal.filesystem import FilesystemJournalBackend
from atomic_agents.judges_md import parse_judges_md
from atomic_agents.mandates_md import parse_mandates_md
from atomic_agents.mcp import parse_mcp_md_text
from atomic_agents.persona_link_md import parse_persona_link_md
from atomic_agents.policy_md import parse_policy_md
from atomic_agents.serve._config import _parse_serve_md
from atomic_agents.skills import validate_skill_manifest


def plain(value):
    if isinstance(value, (set, frozenset, tuple)):
        return sorted(value)
    return str(value)


def header(path):
    post = frontmatter.load(path)
    return dict(post.metadata), post.content


def note(job):
    meta, body = header(job["path"])
    validate_atomic_note_frontmatter(meta, Path(job["path"]).name)
    named = derive_filename(meta["type"], meta["name"])
    return {"meta": meta, "body": body, "named": named}


def wiki(job):
    meta, body = header(job["path"])
    validate_wiki_frontmatter(meta)
    return {"meta": meta, "body": body}


def goal(job):
    made = FilesystemGoalBackend(Path(job["path"]).parent).load_goal("any")
    return {**vars(made), "sub_goals": [vars(one) for one in made.sub_goals]}


def skill(job):
    manifest, warnings = validate_skill_manifest(Path(job["path"]).parent)
    return {
        "name": manifest.name,
        "description": manifest.description,
        "when": manifest.when_to_use,
        "warnings": warnings,
        "body": header(job["path"])[1],
    }


def mandates(job):
    _, made = parse_mandates_md(Path(job["path"]), scope="agent:elm", is_project_root=job.get("root", False))
    return [
        {
            "id": one.mandate_id,
            "by": one.granted_by,
            "scope": one.prose_scope,
            "state": str(one.revocation_state.value),
            "until": one.expires_at.date(),
            "tools": one.constraints.allowed_tools,
            "daily": one.constraints.daily_token_usd,
            "monthly": one.constraints.monthly_token_usd,
            "above": one.constraints.requires_escalation_above_external_usd,
        }
        for one in made
    ]


def servers(job):
    text = Path(job["path"]).read_text(encoding="utf-8")
    return [one.to_dict() for one in parse_mcp_md_text(text, resolve_env=False)]


def judges(job):
    made = parse_judges_md(Path(job["path"]))
    policy = made.class_policy
    return {
        "backend": made.default_backend,
        "model": made.default_model,
        "daily": made.budget.daily_usd,
        "monthly": made.budget.monthly_usd,
        "classes": [
            policy.read_only.value,
            policy.reversible_write.value,
            policy.external_side_effect.value,
            policy.high_risk.value,
        ],
        "after": made.escalation.auto_decide_after_seconds,
        "fallback": dict(made.escalation.fallback_on_timeout),
    }


def policy(job):
    made = parse_policy_md(Path(job["path"]))
    return {key: vars(value) if key == "fleet_cost_caps" else value for key, value in vars(made).items()}


def blocks(job):
    text = Path(job["path"]).read_text(encoding="utf-8")
    return [yaml.safe_load(one.split("```")[0]) for one in text.split("```yaml\n")[1:]]


def tools(job):
    text = Path(job["path"]).read_text(encoding="utf-8")
    made = parse_tools_md_text(text, agent_root=Path("/agent"))
    return {**made, "classes": parse_tool_classifications_text(text)}


def loaded(job):
    agent = AtomicAgent(job["agent"], agents_root=Path(job["root"]))
    agent.load()
    failed = [
        f"{one.name}: {one.message}"
        for one in doctor.run_doctor(job["agent"], Path(job["root"]), skip_mcp=True)
        # keys and programs of this machine are no matter of files
        if one.status == "fail" and not one.name.startswith(("provider-keys", "vertex", "env"))
    ]
    return {"prompt": agent.assemble_system_prompt(), "failed": failed}


def evals(job):
    runner = EvalRunner(Path(job["root"]), job["agent"])
    cases = [
        {**vars(one), "path": one.path.name} for one in runner.discover_tests()
    ]
    prompt = runner._build_judge_prompt(runner.discover_tests()[0], "ANSWER") if cases else None
    return {"weights": runner.weights, "threshold": runner.threshold_pass, "cases": cases, "prompt": prompt}


def journal(job):
    backend = FilesystemJournalBackend(Path(job["root"]) / job["agent"])
    return [{"date": one.date, "text": one.text} for one in backend.list_entries(limit=10)]


JOBS = {
    "note": note,
    "wiki": wiki,
    "goal": goal,
    "skill": skill,
    "mandates": mandates,
    "servers": servers,
    "judges": judges,
    "policy": policy,
    "blocks": blocks,
    "tools": tools,
    "loaded": loaded,
    "evals": evals,
    "journal": journal,
    "header": lambda job: header(job["path"])[0],
    "model": lambda job: parse_model_md(Path(job["path"])),
    "roster": lambda job: parse_roster_md_text(Path(job["path"]).read_text(encoding="utf-8")),
    "link": lambda job: parse_persona_link_md(Path(job["path"])).persona_id,
    "serve": lambda job: vars(_parse_serve_md(Path(job["path"]).read_text(encoding="utf-8"), environ={})),
}


def attempt(job):
    try:
        return {"ok": JOBS[job["do"]](job)}
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"[:600]}


def main():
    out = sys.stdout
    sys.stdout = sys.stderr
    answers = [attempt(job) for job in json.load(sys.stdin)]
    json.dump(answers, out, default=plain)


main()
