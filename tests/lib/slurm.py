"""A Slurm of one node on loopback, for tests: munged, slurmctld and slurmd with all their files in the test's folder.
The daemons want root; they end with the test, however that ends."""

import ctypes
import glob
import os
import shutil
import signal
import socket
import subprocess
import time

from briefing_test import clean_environment

DAEMONS = ("munged", "slurmctld", "slurmd")
PLACES = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])

# No control groups and no accounting: where the tests run there may be neither. The node claims more than the machine
# has, so that jobs of any size fit.
CONF = """ClusterName=briefing
SlurmctldHost=%(host)s(127.0.0.1)
SlurmctldPort=%(controller)d
SlurmdPort=%(node)d
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=%(folder)s/munge.socket
CredType=cred/munge
StateSaveLocation=%(folder)s/state
SlurmdSpoolDir=%(folder)s/spool
SlurmctldPidFile=%(folder)s/slurmctld.pid
SlurmdPidFile=%(folder)s/slurmd.pid
SlurmctldLogFile=%(folder)s/slurmctld.log
SlurmdLogFile=%(folder)s/slurmd.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
SwitchType=switch/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
SchedulerParameters=sched_interval=1,bf_interval=1,sched_min_interval=1
ReturnToService=2
NodeName=one NodeHostname=%(host)s NodeAddr=127.0.0.1 CPUs=8 RealMemory=32000 State=UNKNOWN
PartitionName=all Nodes=one Default=YES MaxTime=INFINITE State=UP
"""
CGROUP = "CgroupPlugin=cgroup/v1\nCgroupAutomount=no\nCgroupMountpoint=%(folder)s/cgroup\n"


def missing():
    """Why there can be no Slurm here, or None."""
    if os.geteuid() != 0:
        return "Slurm's daemons want root"
    lacking = [name for name in (*DAEMONS, "sbatch", "sinfo", "scontrol") if not shutil.which(name, path=PLACES)]
    return "no %s: Debian's slurm-wlm is not installed" % ", ".join(lacking) if lacking else None


def ports(count):
    """So many that are free."""
    held = [socket.socket() for _ in range(count)]
    for one in held:
        one.bind(("127.0.0.1", 0))
    numbers = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return numbers


def end_with_parent():
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG
    os.setpgrp()  # Ctrl-C is for the test, which then stops them in order


def processes_of(folder):
    """Live processes with the folder in their command line or environment."""
    found = []
    for path in glob.glob("/proc/[0-9]*"):
        try:
            with open(path + "/cmdline", "rb") as words, open(path + "/environ", "rb") as environment:
                if folder.encode() in words.read() + environment.read() and int(path[6:]) != os.getpid():
                    found.append(int(path[6:]))
        except OSError:
            continue
    return found


def wait_for_end(folder, seconds=20):
    """What is still there of a cluster that was stopped: the last of its processes end a moment later."""
    end = time.monotonic() + seconds
    while processes_of(folder) and time.monotonic() < end:
        time.sleep(0.1)
    return processes_of(folder)


class Slurm:
    def __init__(self, folder):
        self.folder = folder
        self.daemons = []
        controller, node = ports(2)
        host = socket.gethostname().split(".")[0]
        values = {"folder": folder, "host": host, "controller": controller, "node": node}
        for name in ("state", "spool"):
            os.makedirs(os.path.join(folder, name), mode=0o755)
        for name, text in (("slurm.conf", CONF), ("cgroup.conf", CGROUP)):
            with open(os.path.join(folder, name), "w", encoding="ascii") as file:
                file.write(text % values)
        key = os.open(self.file("munge.key"), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
        os.write(key, os.urandom(128))
        os.close(key)
        self.environment = clean_environment(SLURM_CONF=self.file("slurm.conf"), PATH=PLACES)

    def file(self, name):
        return os.path.join(self.folder, name)

    def __enter__(self):
        try:
            places = [("socket", "socket"), ("pid-file", "pid"), ("log-file", "log"), ("seed-file", "seed")]
            words = ["--%s=%s" % (option, self.file("munge." + name)) for option, name in places]
            self.start("munged", "--foreground", "--key-file=" + self.file("munge.key"), *words)
            self.wait(lambda: os.path.exists(self.file("munge.socket")))
            self.start("slurmctld", "-D")
            self.start("slurmd", "-D", "-N", "one")
            self.wait(lambda: self.ask("sinfo", "-h", "-o", "%T").strip() == "idle")
        except BaseException:
            self.__exit__()
            raise
        return self

    def start(self, *words):
        with open(self.file(words[0] + ".out"), "wb") as out:
            process = subprocess.Popen(
                words, env=self.environment, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=out,
                stderr=subprocess.STDOUT, preexec_fn=end_with_parent
            )
        self.daemons.append(process)

    def wait(self, condition, seconds=60):
        end = time.monotonic() + seconds
        while not condition():
            ended = [one for one in self.daemons if one.poll() is not None]
            if ended or time.monotonic() > end:
                raise RuntimeError("Slurm does not start or stopped: %s\n%s" % ([one.args for one in ended], self.logs()))
            time.sleep(0.1)

    def logs(self):
        text = ""
        for path in sorted(glob.glob(self.file("*.out")) + glob.glob(self.file("*.log"))):
            with open(path, encoding="utf-8", errors="replace") as file:
                text += "== %s\n%s" % (os.path.basename(path), file.read()[-1500:])
        return text

    def ask(self, *words, **more):
        """What a client prints."""
        environment = dict(self.environment, **more.pop("environment", {}))
        done = subprocess.run(words, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=60, check=False, **more)
        return done.stdout.decode("utf-8", "replace")

    def states(self, job):
        """State and exit status ("0:0") of a job's elements."""
        return [
            (line.split("JobState=")[1].split()[0], line.split("ExitCode=")[1].split()[0])
            for line in self.ask("scontrol", "-o", "show", "job", job).splitlines()
            if "JobState=" in line
        ]

    def finish(self, job, seconds=300):
        """Waits until a job has ended; its states."""
        going = ("PENDING", "RUNNING", "COMPLETING", "CONFIGURING", "SUSPENDED")
        self.wait(lambda: self.states(job) and all(state not in going for state, _ in self.states(job)), seconds)
        return self.states(job)

    def __exit__(self, *_):
        for process in reversed(self.daemons):
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
