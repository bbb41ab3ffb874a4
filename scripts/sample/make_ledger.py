"""Writes the bundled sample's budget ledger with the real AEX under a stepped clock.

Usage: python scripts/sample/make_ledger.py FOLDER   (FOLDER must not exist; `aex` 2.0.0 must be installed)
The calls of the agent atlas are those of the sample's repository, with the same contents and times; the others are
invented. Run it again only to change the story, then copy FOLDER to resources/sample/ledger.
"""

import asyncio
import calendar
import json
import os
import random
import shutil
import sqlite3
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
home = tempfile.mkdtemp(prefix="sample-ledger-")
config = os.path.join(home, ".aex", "config")
os.makedirs(config)
clock = os.path.join(home, "clock.json")
# the tool's path stands in the ledger, so it is one that does not depend on this machine
TOOL = "/tmp/atlas-tools/shelf_price.py"
os.environ.update(
    HOME=home,
    TZ="UTC",
    AEX_TEST_CLOCK=clock,
    AEX_DB_PATH=os.path.join(home, ".aex", "aex.db"),
    AEX_CONFIG_DIR=config,
    AEX_POLICY_PLUGIN_DIR=os.path.join(home, "policies"),
    AEX_LOG_LEVEL="CRITICAL",
    AEX_SANDBOX_USE_BWRAP="0",
    MISTRAL_API_KEY="sample",
    OPENAI_API_KEY="sample",
    LOCAL_API_KEY="sample",
)
MODELS = """version: 1
providers:
  mistral:
    base_url: https://api.mistral.example/v1
    type: openai_compatible
  openai:
    base_url: https://api.openai.example/v1
    type: openai_compatible
  local:
    base_url: http://127.0.0.1:8080/v1
    type: openai_compatible
default_model: gpt-5-mini
models:
  mistral-large:
    provider: mistral
    provider_model: mistral-large
    pricing: {input_micro: 4, output_micro: 16}
    limits: {max_tokens: 4096}
    capabilities: {reasoning: true, tools: true}
  gpt-5-mini:
    provider: openai
    provider_model: gpt-5-mini
    pricing: {input_micro: 1, output_micro: 4}
    limits: {max_tokens: 2048}
    capabilities: {tools: true}
  qwen-local-32b:
    provider: local
    provider_model: qwen-local-32b
    pricing: {input_micro: 0, output_micro: 0}
    limits: {max_tokens: 2048}
    capabilities: {}
  embed-small:
    provider: openai
    provider_model: text-embedding-small
    pricing: {input_micro: 1, output_micro: 0}
    limits: {max_tokens: 8192}
    capabilities: {}
"""
with open(os.path.join(config, "models.yaml"), "w", encoding="utf-8") as file:
    file.write(MODELS)

sys.path.insert(0, os.path.join(ROOT, "test", "support", "aex"))
import aex_clock
import httpx
from aex.cli import agent_cmds, app as cli
from aex.daemon.app import app, lifecycle
from aex.daemon.db import init_db
from aex.daemon.sandbox import install_plugin, set_plugin_enabled
from aex.daemon.utils.config_loader import config_loader

aex_clock.install()
rng = random.Random(20261116)
agent_cmds.secrets = type("Fixed", (), {"token_hex": staticmethod(lambda n: f"{rng.getrandbits(8 * n):0{2 * n}x}")})
now = 0.0


def at(text):
    """Sets the clock; a time before it is left out."""
    global now
    now = max(now, float(calendar.timegm(time.strptime(f"2026-{text}", "%Y-%m-%d %H:%M:%S"))))
    tick(0)


def tick(seconds):
    global now
    now += seconds
    with open(clock, "w", encoding="utf-8") as file:
        json.dump({"at": now}, file)


answer = {}
tokens = {}


async def provider(request):
    """Answers as the story says; a provider that takes its time moves the clock."""
    tick(answer.get("takes", 3))
    if "hang" in answer:
        await asyncio.sleep(3600)
    if "sse" in answer:
        return httpx.Response(200, text=answer["sse"], headers={"content-type": "text/event-stream"})
    if "status" in answer:
        return httpx.Response(answer["status"], json={"error": {"message": answer["says"], "type": "server_error"}})
    return httpx.Response(200, json=answer["json"])


async def ask(agent, path, body, key=None, **given):
    """One request of an agent through AEX; its status."""
    answer.clear()
    answer.update(given)
    headers = {"authorization": f"Bearer {tokens[agent]}"}
    if key is not None:
        headers["idempotency-key"] = key
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://aex") as client:
        got = await client.post(path, json=body, headers=headers)
        return got.status_code


def chat_answer(model, text, given, made, number):
    return {
        "id": f"chat-{number:08x}",
        "object": "chat.completion",
        "model": model,
        "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}],
        "usage": {"prompt_tokens": given, "completion_tokens": made, "total_tokens": given + made},
    }


numbers = iter(range(0x51A0_0001, 0x7FFF_FFFF, 0x1357))


async def chat(agent, question, text, model="gpt-5-mini", limit=600, used=None, usage=True, **more):
    """A chat whose token counts fit its texts, unless `used` says how many were made."""
    given, made = len(question) // 3 + 40, used or len(text) // 3
    said = chat_answer(model, text, given, made, next(numbers))
    if not usage:
        del said["usage"]
    body = {"model": model, "max_tokens": limit, "messages": [{"role": "user", "content": question}]}
    return await ask(agent, "/v1/chat/completions", body, json=said, **more)


async def stream(agent, question, words, cut=False):
    chunk = lambda delta, **more: "data: " + json.dumps({"id": "s", "choices": [{"index": 0, "delta": delta}], **more}) + "\n\n"
    sse = "".join(chunk({"content": word + " "}) for word in words.split(" "))
    if not cut:
        sse += chunk({}, usage={"prompt_tokens": 61, "completion_tokens": len(words) // 3}) + "data: [DONE]\n\n"
    body = {"max_tokens": 400, "stream": True, "messages": [{"role": "user", "content": question}]}
    return await ask(agent, "/v1/chat/completions", body, sse=sse)


async def embed(agent, texts):
    vector = {"object": "embedding", "index": 0, "embedding": [0.0132, -0.2071, 0.1187]}
    used = sum(len(text) for text in texts) // 4 + 2
    said = {"object": "list", "data": [vector], "model": "text-embedding-small", "usage": {"prompt_tokens": used, "total_tokens": used}}
    return await ask(agent, "/v1/embeddings", {"model": "embed-small", "input": texts}, json=said, takes=1)


async def tool(agent, arguments):
    return await ask(agent, "/v1/tools/execute", {"tool_name": "shelf_price", "arguments": arguments})


def command(*args):
    import contextlib
    import io

    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        cli(list(args), standalone_mode=False)
    return out.getvalue()


def create(name, usd, rpm, *options):
    printed = command("agent", "create", *options, "--", name, str(usd), str(rpm))
    tokens[name] = printed.split("Token: ")[1].split()[0]


def calls_of_the_repository():
    """The sample's own model calls: when each ended, its input and its output."""
    db = sqlite3.connect(f"file:{ROOT}/resources/sample/dot-vek/vek.db?immutable=1", uri=True)
    return db.execute(
        """SELECT n.timestamp, i.content, o.content FROM nodes n
           JOIN objects i ON i.hash = n.input_hash JOIN objects o ON o.hash = n.output_hash
           WHERE n.tool = 'model.chat' ORDER BY n.timestamp"""
    ).fetchall()


def install_tool():
    import hashlib

    code = (
        "import json, sys\n"
        "given = json.load(open(sys.argv[1]))\n"
        "prices = {'paper A4': 412, 'toner': 8990}\n"
        "if given['item'] not in prices:\n    sys.exit(3)\n"
        "json.dump({'item': given['item'], 'cents': prices[given['item']]}, open(sys.argv[2], 'w'))\n"
    )
    os.makedirs(os.path.dirname(TOOL), exist_ok=True)
    with open(TOOL, "w", encoding="utf-8") as file:
        file.write(code)
    manifest = os.path.join(home, "shelf_price.yaml")
    with open(manifest, "w", encoding="utf-8") as file:
        file.write(
            f"name: shelf_price\nversion: '1.2'\nentrypoint: python3 {TOOL}\n"
            f"sha256: {hashlib.sha256(code.encode()).hexdigest()}\ncost_micro: 500\nttl_ms: 2000\n"
        )
    install_plugin(manifest, TOOL)
    set_plugin_enabled("shelf_price", True)


REVIEW = "The notes agree with the price list except for toner, which went up by four per cent in October. "
NOTES = ["paper prices", "the print house", "the spring issue", "reading habits", "long intros", "captured items"]


async def monday():
    at("11-16 07:58:00")
    init_db()
    config_loader.load_config()
    create("atlas", 0.16, 60)
    create("quill", 0.05, 40, "--max-output-tokens", "2000")
    create("harbor", 0.012, 6)
    create("sentry", 0.02, 30, "--no-streaming", "--allowed-models", "gpt-5-mini")
    install_tool()
    at("11-16 08:04:10")
    await chat("quill", "Summarise the notes on paper prices in three sentences.", REVIEW * 4)
    tick(75)
    await stream("quill", "Write the first paragraph of the release notes.", "The autumn issue is out – with new prices, a calmer layout and a shorter index. " * 5)
    tick(1240)
    await tool("quill", {"item": "paper A4"})
    tick(8)
    await chat("quill", "Is 4.12 for a ream of A4 more than last month?", "Yes, by eleven cents. " * 6)
    at("11-16 10:31:05")
    for pier in range(1, 5):
        await embed("harbor", [f"pier {pier}: boats, lengths and the crane that reaches them", f"week {40 + pier}"])
        tick(6)
    at("11-16 14:12:44")
    await chat("harbor", "Which boats lie at pier 3 next week?", "Three: the Alma, the Rosalie and the Tern. The crane reaches two of them. " * 3)
    at("11-16 16:40:02")
    await chat("sentry", "Judge: may quill send the newsletter without a second reading?", "No. The mandate asks for a second reading before anything leaves the house. " * 2)


async def tuesday():
    at("11-17 07:30:00")
    for note in NOTES:
        await chat("quill", f"What is still true of our note on {note}?", REVIEW * rng.randrange(3, 7))
        tick(rng.randrange(60, 700))
    # more was made than was asked for: the cost passes what was reserved
    await chat("quill", "Give me a title for the spring issue, in one line.", "Tides and tables", limit=40, used=760, takes=9)
    tick(30)
    await tool("quill", {"item": "ribbon"})
    at("11-17 11:20:19")
    await chat("quill", "Draft the answer to the print house.", "…", status=503, says="The model is overloaded, try again later", takes=21)
    answer_again = "Thank you for the offer. We would like to see a sample of the paper first. " * 3
    tick(40)
    await chat("quill", "Draft the answer to the print house, please.", answer_again)
    tick(420)
    await stream("quill", "Read the whole draft aloud, line by line.", "Tides and tables, the spring issue", cut=False)
    at("11-17 13:02:51")
    command("agent", "state", "--reason", "answers too freely, see the mandate", "--", "sentry", "QUARANTINED")
    at("11-17 15:30:12")
    command("agent", "state", "--reason", "mandate read again", "--", "sentry", "READY")
    tick(95)
    await chat("sentry", "Judge: may harbor move the Alma to pier 4?", "Yes, with a note to the harbour office. " * 2)
    tick(311)
    await chat("sentry", "Judge: is the answer to the print house fit to send?", "It is. " * 4, usage=False)


async def wednesday():
    at("11-18 02:00:00")
    # a nightly batch that asks faster than it may: six in a minute, then none
    for week in range(1, 10):
        await embed("harbor", [f"berth plan of week {week}", "lengths, draughts, arrivals"])
        tick(2)
    at("11-18 02:02:30")
    for week in range(7, 10):
        await embed("harbor", [f"berth plan of week {week}", "lengths, draughts, arrivals"])
        tick(14)
    at("11-18 06:45:00")
    await chat("harbor", "Plan the berths of December with reasons.", "Pier 1 stays free for the ferry. " * 30, limit=1500)
    tick(900)
    # what is left does not cover what this would reserve
    await chat("harbor", "Plan the berths of the whole winter with reasons.", "…", model="mistral-large", limit=4000)
    tick(12)
    await chat("harbor", "Plan the berths of the whole winter.", "…", model="mistral-large", limit=2000)
    tick(48)
    await chat("harbor", "Plan the berths of the first winter week.", "As in December, without the Tern. " * 8, limit=400)
    at("11-18 09:10:40")
    for note in NOTES[:4]:
        await chat("quill", f"Rewrite the note on {note} for the archive.", REVIEW * rng.randrange(4, 9), limit=900)
        tick(rng.randrange(200, 1500))
    await chat("quill", "Rewrite the note on long intros for the archive.", REVIEW * 2, limit=900, status=429, says="Too many requests in this minute")
    at("11-18 17:01:00")
    await chat("sentry", "Judge: may the winter plan be published?", "Not before the denial is explained: the plan was not finished. " * 2)


async def thursday():
    """The run of the repository, and a call in flight when the machine was switched off."""
    for stamp, given, made in calls_of_the_repository():
        body, said = json.loads(given), json.loads(made)
        took = 4
        hour = stamp[5:10] + " " + stamp[11:19]
        at(hour)
        tick(-took)
        await ask("atlas", "/v1/chat/completions", body, json=said, takes=took)
    tick(95)
    await chat("quill", "Take the numbers of the brief into the release notes.", REVIEW * 5, limit=700)
    tick(20)
    late = asyncio.ensure_future(chat("quill", "And write a headline for it.", "…", limit=200, hang=True))
    await asyncio.sleep(1)
    late.cancel()
    await asyncio.gather(late, return_exceptions=True)


async def story():
    lifecycle._http_client = httpx.AsyncClient(transport=httpx.MockTransport(provider))
    await monday()
    await tuesday()
    await wednesday()
    await thursday()


asyncio.run(story())
target = sys.argv[1]
os.makedirs(target)
shutil.copyfile(os.environ["AEX_DB_PATH"], os.path.join(target, "aex.db"))
shutil.copyfile(os.path.join(config, "models.yaml"), os.path.join(target, "models.yaml"))
shutil.rmtree(home)
shutil.rmtree(os.path.dirname(TOOL))
