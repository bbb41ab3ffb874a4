"""Asks the real atomic_agents package for the figures of a root; a job and its answer are JSON."""

import json
import sys
from contextlib import redirect_stdout
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path

from atomic_agents import _costs, doctor
from atomic_agents.dashboard import activity, costs, quality


def plain(value):
    return costs.to_json_dict(value)


def figures(root: Path, today: date, now: datetime, mains: dict) -> dict:
    every = costs.aggregate_global(root, today, top_runs_count=10)
    answer = {"global": plain(every), "agents": {}, "providers": every.by_provider}
    for name in costs.discover_agents(root):
        data = costs.aggregate_agent(root, name, today, main_model=mains.get(name))
        spent = {
            period: plain(
                _costs.sum_cost_for_period(root / name / "log", period, today, source="actor")
            )
            for period in ("today", "this_month")
        }
        own = costs.aggregate_agent(root, name, today)
        answer["agents"][name] = {
            "data": plain(data),
            "spent": spent,
            "ownHelperSavings": plain(own.helper_savings),
        }
    try:
        answer["activity"] = plain(activity.aggregate_activity(root, now).headline)
    except TypeError as error:
        answer["activity"] = {"failed": str(error)}
    runs = costs.load_runs
    week = [
        run
        for name in costs.discover_agents(root)
        for run in runs(root, name, today - timedelta(days=7), today)
    ]
    answer["week"] = {
        "runs": len(week),
        "failures": len([run for run in week if run.status != "ok"]),
        "toolCalls": len([run for run in week if run.trigger == "tool_call"]),
        "delegations": len([run for run in week if run.trigger == "delegate"]),
    }
    trends = quality.aggregate_quality(root, today, now)
    answer["trends"] = {one.agent: plain(one) for one in trends.eval_trends}
    answer["hardFails"] = len(trends.hard_fails_30d)
    return answer


def checks(root: Path, agent: str) -> list:
    return [
        {"name": one.name, "status": one.status, "message": one.message}
        for one in doctor.run_doctor(agent, root, skip_mcp=True)
    ]


def prices() -> dict:
    return {"chat": _costs.PRICING, "embedding": _costs.EMBEDDING_PRICING}


def main() -> None:
    answers = []
    with redirect_stdout(StringIO()):
        for job in json.load(sys.stdin):
            if job["do"] == "prices":
                answers.append(prices())
            elif job["do"] == "doctor":
                answers.append(checks(Path(job["root"]), job["agent"]))
            elif job["do"] == "cost":
                answers.append([_costs.calc_cost(*call)[0] for call in job["calls"]])
            else:
                now = datetime.fromisoformat(job["now"])
                root = Path(job["root"])
                answers.append(figures(root, date.fromisoformat(job["today"]), now, job["mains"]))
    json.dump(answers, sys.stdout)


main()
