# Prints many slips on a simulated printer that fails at random, with a till that
# is killed at random, and then holds what the till believes against what came
# out. usage: jobs.py TRESEN FOLDER COUNT SEED; prints the counts, exits 1 if any
# slip was lost, doubled without a mark, or is believed to be what it is not.
import collections
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time

tresen, folder, count, seed = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
dice = random.Random(seed)
data, log = os.path.join(folder, "till"), os.path.join(folder, "slips.log")
os.makedirs(data, mode=0o700)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def till(*arguments):
    return subprocess.run([tresen, *arguments, "--data", data], capture_output=True, text=True)


def jobs():
    return json.loads(till("print", "--jobs", "--json").stdout)


def paper():
    with open(log, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


port, control_port = free_port(), free_port()
with open(os.path.join(data, "tresen.toml"), "w") as toml:
    toml.write('[printer]\nkind = "tcp"\naddress = "127.0.0.1:%d"\nprofile = "epson-tm-t20"\n'
               '[upstream]\nkind = "none"\n[mail]\nkind = "none"\n' % port)
baskets = os.path.join(folder, "baskets.csv")
with open(baskets, "w") as lines:
    lines.write("whole milk,rolls/buns,yogurt\n" * count)
made = till("replay", "--no-push", "--no-print", "--seed", str(seed), baskets)
assert made.returncode == 0, made.stderr
open(log, "w").close()

printer = subprocess.Popen(
    [tresen, "printer-sim", "--port", str(port), "--control", str(control_port), "--log", log,
     "--profile", "epson-tm-t20", "--data", data], stdin=subprocess.DEVNULL,
    stdout=subprocess.PIPE, text=True)
printer.stdout.readline()
control = socket.create_connection(("127.0.0.1", control_port)).makefile("rw")


def tell(command):
    control.write(command + "\n")
    control.flush()
    answer = control.readline().strip()
    assert answer == "ok", (command, answer)


faults = collections.Counter()
kills = asked = restarts = 0


def one_fault():
    kind = dice.choice(["paper", "cover", "cutter", "close", "off", "slow", "mute", "paper now"])
    faults[kind] += 1
    if kind == "paper":
        tell("paper-after %d" % dice.randrange(1, 1500))
    elif kind == "paper now":
        tell("paper out")
    elif kind == "cover":
        tell("cover open")
    elif kind == "cutter":
        tell("cutter jammed")
    elif kind == "close":
        tell("close-after %d" % dice.randrange(1, 1500))
    elif kind == "off":
        tell("off")
    elif kind == "slow":
        tell("slow %d" % dice.randrange(1000, 10000))
    elif kind == "mute":
        tell("mute on")
    time.sleep(dice.uniform(0.02, 0.25))
    for mended in ("on", "cover closed", "cutter free", "paper in", "slow 20000", "mute off"):
        tell(mended)


tell("slow 20000")


def is_original(slip, receipt):
    return slip["whole"] and receipt in slip["text"] and "***" not in slip["text"]


def ask_people():
    """Whoever stands at the printer looks what came out of it."""
    global asked
    seen = paper()
    for job in jobs():
        if job["state"] != "unsure":
            continue
        asked += 1
        out = any(slip["whole"] and job["receipt"] in slip["text"] for slip in seen)
        answer = till("print", "--drop" if out else "--again", str(job["slip"]))
        assert answer.returncode == 0, answer.stderr


begun = time.monotonic()
while True:
    restarts += 1
    run = subprocess.Popen([tresen, "print", "--waiting", "--for", "60", "--data", data],
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    # Faults in a row, until the till is done or is killed.
    while run.poll() is None:
        time.sleep(dice.uniform(0.05, 0.4))
        if run.poll() is None and dice.random() < 0.7:
            one_fault()
        if run.poll() is None and dice.random() < 0.3:
            run.send_signal(signal.SIGKILL)
            kills += 1
            break
    run.wait()
    # What the printer still holds comes out while nobody sends.
    time.sleep(0.05)
    ask_people()
    if all(job["state"] not in ("waiting", "sending", "unsure") for job in jobs()):
        break
    assert time.monotonic() - begun < 1800, "it does not come to an end"

control.write("stop\n")
control.flush()
printer.wait(timeout=10)

final, slips = jobs(), paper()
lost, doubled, untrue = [], [], []
for job in final:
    originals = sum(is_original(slip, job["receipt"]) for slip in slips)
    any_whole = any(slip["whole"] and job["receipt"] in slip["text"] for slip in slips)
    if not any_whole:
        lost.append(job["receipt"])
    if originals > 1:
        doubled.append(job["receipt"])
    if job["state"] == "printed" and not any_whole:
        untrue.append(job["receipt"])
    if job["state"] not in ("printed", "dropped"):
        untrue.append("%s is %s" % (job["receipt"], job["state"]))
states = collections.Counter(job["state"] for job in final)
copies = sum(slip["whole"] and "***" in slip["text"] for slip in slips)
print("%d jobs: %s; on paper %d whole slips, %d of them marked as copies, %d torn"
      % (len(final), dict(states), sum(s["whole"] for s in slips), copies,
         sum(not s["whole"] for s in slips)))
print("faults %s; till killed %d times, started %d times; asked %d times; %.0f s"
      % (dict(faults), kills, restarts, asked, time.monotonic() - begun))
print("%d lost, %d doubled without a mark, %d untrue" % (len(lost), len(doubled), len(untrue)))
for name, found in (("lost", lost), ("doubled", doubled), ("untrue", untrue)):
    if found:
        print("%s: %s" % (name, found[:10]), file=sys.stderr)
sys.exit(bool(lost or doubled or untrue or len(final) != count))
