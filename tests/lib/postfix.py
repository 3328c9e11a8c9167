"""Postfix on loopback, for tests that hand mail over. It is never installed: Debian's package is unpacked into the
build folder, and a server with all its files in the test's folder delivers to Maildirs there. It has no client that
speaks SMTP, so nothing can leave. Its master wants root; it drops to accounts that every Debian has."""

import ctypes
import glob
import mailbox
import os
import signal
import socket
import socketserver
import subprocess
import tempfile
import threading
import time

from briefing_test import BUILD

OWNER, GROUP = "daemon", "mail"  # of the queue
QUEUES = ["active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming", "saved", "trace"]
WAITING = ["maildrop", "incoming", "active", "deferred"]  # the way that a letter goes: none is overlooked

MAIN = """compatibility_level = 3.6
queue_directory = %(folder)s/queue
data_directory = %(folder)s/data
meta_directory = %(folder)s/etc
command_directory = %(tree)s/usr/sbin
daemon_directory = %(tree)s/usr/lib/postfix/sbin
shlib_directory = %(tree)s/usr/lib/postfix
sendmail_path = %(tree)s/usr/sbin/sendmail
mail_owner = daemon
setgid_group = mail
maillog_file = %(folder)s/log
maillog_file_prefixes = %(folder)s
import_environment = MAIL_CONFIG TZ LANG=C POSTLOG_SERVICE POSTLOG_HOSTNAME LD_LIBRARY_PATH
export_environment = TZ MAIL_CONFIG LANG LD_LIBRARY_PATH
myhostname = mail.example.org
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.1/32
mydestination =
alias_maps =
alias_database =
local_recipient_maps =
local_transport = error:nothing is local
default_transport = error:nothing leaves
relay_transport = error:nothing is relayed
virtual_transport = virtual
virtual_mailbox_domains = example.org
virtual_mailbox_base = %(folder)s/boxes
virtual_mailbox_maps = texthash:%(folder)s/etc/boxes
virtual_minimum_uid = 1
virtual_uid_maps = static:%(user)d
virtual_gid_maps = static:%(group)d
virtual_mailbox_limit = 0
message_size_limit = 30000000
smtpd_recipient_restrictions = check_policy_service inet:127.0.0.1:%(policy)d, permit_mynetworks, reject
smtpd_client_connection_rate_limit = 0
in_flow_delay = 0
biff = no
"""
MASTER = """127.0.0.1:%(port)d inet n - n - - smtpd
pickup unix n - n 1 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
error unix - - n - - error
virtual unix - n n - - virtual
showq unix n - n - - showq
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""
START = """set -eu
cd "$1"
mkdir -p queue data
for name in %(queues)s private; do mkdir -p "queue/$name"; chown %(owner)s "queue/$name"; chmod 700 "queue/$name"; done
mkdir -p queue/pid queue/public queue/maildrop
chown %(owner)s data boxes queue/maildrop
chown %(owner)s:%(group)s queue/public
chgrp %(group)s queue/maildrop
chmod 710 queue/public
chmod 1730 queue/maildrop
chown %(user)d boxes
exec "$2/usr/lib/postfix/sbin/master" -d -c "$1/etc"
"""


def unpacked():
    """The folder of Debian's postfix, unpacked; a reason, a string that ends in a full stop, when it cannot be had."""
    place = os.path.join(BUILD, "postfix")
    program = os.path.join(place, "usr/lib/postfix/sbin/master")
    if os.path.exists(program):
        return place, None
    with tempfile.TemporaryDirectory() as work:
        os.chmod(work, 0o755)
        # The machine's own lists of packages, else fresh ones that are kept nowhere.
        private = ["-o", "Dir::State::lists=%s/lists" % work, "-o", "Dir::Cache=%s/cache" % work,
                   "-o", "APT::Sandbox::User=root"]
        os.makedirs(os.path.join(work, "lists", "partial"))
        os.makedirs(os.path.join(work, "cache", "archives", "partial"))
        get = ["apt-get", "-qq", "download", "postfix"]
        for commands in ([get], [["apt-get", "-qq", *private, "update"], [*get[:1], *private, *get[1:]]]):
            try:
                done = [subprocess.run(command, cwd=work, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
                                       timeout=120) for command in commands]
            except (OSError, subprocess.TimeoutExpired) as error:
                return None, "no postfix: %s" % error
            found = glob.glob(os.path.join(work, "postfix_*.deb"))
            if found:
                break
        else:
            return None, "no postfix: %s" % done[-1].stdout.decode("utf-8", "replace").strip()[-200:]
        fresh = place + ".new.%d" % os.getpid()
        subprocess.run(["dpkg", "-x", found[0], fresh], check=True)
        os.replace(fresh, place)
    missing = subprocess.run(["ldd", program], stdout=subprocess.PIPE, check=False, env=environment(place)).stdout
    lost = [line.split()[0].decode() for line in missing.splitlines() if b"not found" in line]
    return (None, "no postfix: it lacks %s" % ", ".join(lost)) if lost else (place, None)


def environment(tree):
    return {**os.environ, "LD_LIBRARY_PATH": os.path.join(tree, "usr/lib/postfix")}


def as_root():
    """The words that run a command as root; None when they cannot be had without asking."""
    if os.geteuid() == 0:
        return []
    try:
        quiet = subprocess.run(["sudo", "-n", "true"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    except OSError:
        return None
    return ["sudo", "-n"] if quiet.returncode == 0 else None


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Policy(socketserver.ThreadingTCPServer):
    """Postfix asks for each recipient (its SMTPD_POLICY_README): `answer(address, asked)`, a function that the test
    sets, says "DUNNO", or "450 ..." or "550 ...", from the address and how often it was asked for before."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        self.answer = lambda address, asked: "DUNNO"
        self.asked = {}
        self.questions = 0
        super().__init__(("127.0.0.1", 0), Asked)
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Asked(socketserver.StreamRequestHandler):
    def handle(self):
        attributes = {}
        for line in self.rfile:
            name, equals, value = line.decode("utf-8", "replace").rstrip("\n").partition("=")
            if equals:
                attributes[name] = value
                continue
            address = attributes.get("recipient", "")
            before = self.server.asked.get(address, 0)
            self.server.asked[address] = before + 1
            self.server.questions += 1
            self.wfile.write(("action=%s\n\n" % self.server.answer(address, before)).encode())
            self.wfile.flush()
            attributes = {}


def die_with_parent():
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG: also when the test itself is killed


class Postfix:
    """A running server; use it in a `with`. names: NAME@example.org has the Maildir NAME, made with its first letter."""

    def __init__(self, tree, root, folder, names):
        self.tree, self.root, self.folder, self.names = tree, root, folder, names
        self.policy = Policy()
        self.process = None
        self.port = 0
        self.config = os.path.join(folder, "etc")

    def __enter__(self):
        os.makedirs(self.config)
        os.makedirs(os.path.join(self.folder, "boxes"))
        os.chmod(self.folder, 0o755)
        self.port = free_port()
        user, group = (1, 1) if os.geteuid() == 0 else (os.getuid(), os.getgid())
        told = {"folder": self.folder, "tree": self.tree, "port": self.port, "policy": self.policy.server_address[1],
                "user": user, "group": group, "queues": " ".join(QUEUES), "owner": OWNER}
        for name, text in (("main.cf", MAIN % told), ("master.cf", MASTER % told),
                           ("boxes", "".join("%s@example.org %s/\n" % (name, name) for name in self.names)),
                           ("dynamicmaps.cf", "")):
            with open(os.path.join(self.config, name), "w", encoding="ascii") as file:
                file.write(text)
        start = START % {**told, "group": GROUP}
        library = "LD_LIBRARY_PATH=" + environment(self.tree)["LD_LIBRARY_PATH"]
        with open(os.path.join(self.folder, "said"), "wb") as said:
            self.process = subprocess.Popen(
                [*self.root, "env", library, "sh", "-c", start, "sh", self.folder, self.tree],
                stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True, preexec_fn=die_with_parent)
        try:
            self.wait_until(self.listens, "it does not listen")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        """Ends the master and, with it, its whole process group."""
        try:
            with open(os.path.join(self.folder, "queue", "pid", "master.pid"), encoding="ascii") as file:
                master = file.read().strip()
        except OSError:
            master = str(self.process.pid)
        for name in ("-TERM", "-KILL"):
            subprocess.run([*self.root, "kill", name, "--", "-" + master], stderr=subprocess.DEVNULL, check=False)
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                pass
        self.policy.shutdown()
        self.policy.server_close()

    def told(self):
        """The ends of its logs, for a failure's message."""
        ends = []
        for name in ("said", "log"):
            try:
                with open(os.path.join(self.folder, name), encoding="utf-8", errors="replace") as file:
                    ends.append(file.read()[-1500:])
            except OSError:
                pass
        return "\n".join(ends)

    def wait_until(self, is_so, otherwise, seconds=60):
        end = time.monotonic() + seconds
        while not is_so():
            if time.monotonic() > end or self.process.poll() is not None:
                raise RuntimeError("Postfix: %s\n%s" % (otherwise, self.told()))
            time.sleep(0.05)

    def listens(self):
        try:
            with socket.create_connection(("127.0.0.1", self.port), 2) as connection:
                return connection.recv(4) == b"220 "
        except OSError:
            return False

    def is_idle(self):
        """Nothing waits to be delivered. As root: the queue is nobody else's to read."""
        places = [os.path.join(self.folder, "queue", name) for name in WAITING]
        done = subprocess.run([*self.root, "find", *places, "-type", "f"], stdout=subprocess.PIPE, check=False)
        return done.returncode == 0 and not done.stdout

    def settle(self):
        """Until all that it took stands in a mailbox."""
        self.wait_until(self.is_idle, "letters stay in its queue")

    def boxes(self):
        """{address: [bytes of each letter]}, read by Python's mailbox."""
        found = {}
        base = os.path.join(self.folder, "boxes")
        for name in sorted(os.listdir(base)):
            box = mailbox.Maildir(os.path.join(base, name), create=False)
            found[name + "@example.org"] = [box.get_bytes(key) for key in sorted(box.keys())]
        return found

    def empty(self):
        for path in glob.glob(os.path.join(self.folder, "boxes", "*", "new", "*")):
            os.remove(path)
        self.policy.asked.clear()
