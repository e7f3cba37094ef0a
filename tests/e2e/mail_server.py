"""A real mail server (aiosmtpd) with one of the faults that mail servers have.

Listens on a free port of this machine or on --port, which it writes to FOLDER/port, keeps
each mail as FOLDER/mails/N.eml, and serves until it is told to end.
"""

import argparse
import asyncio
import pathlib
import signal
import ssl

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


class Handler:
    def __init__(self, folder, mode):
        self.folder = folder
        self.mode = mode
        self.seen = set()
        self.refused = None
        self.dead = False

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.mode == "greylist" and address not in self.seen:
            self.seen.add(address)
            return "451 4.7.1 Greylisted, try again later"
        if self.mode == "refuse-first" and self.refused in (None, address):
            self.refused = address
            return "550 5.1.1 No such user here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, server, session, envelope):
        number = len(list(self.folder.glob("mails/*.eml"))) + 1
        (self.folder / "mails" / f"{number}.eml").write_bytes(envelope.original_content)
        if self.mode == "die-after-data" and not self.dead:
            self.dead = True
            server.transport.abort()
        return "250 2.0.0 Ok"


def authenticator(user, password):
    def check(server, session, envelope, mechanism, data):
        known = isinstance(data, LoginPassword) and (data.login, data.password) == (
            user.encode(), password.encode())
        # Not "handled": the server itself says 535.
        return AuthResult(success=known, handled=False)
    return check


async def serve(options):
    folder = pathlib.Path(options.folder)
    (folder / "mails").mkdir(parents=True, exist_ok=True)
    handler = Handler(folder, options.mode)
    tls = None
    if options.cert:
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(options.cert, options.key)
    from_the_start = tls if options.smtps else None

    def session():
        settings = {"hostname": "mail.test", "data_size_limit": 2 ** 24}
        if tls and not options.smtps:
            settings.update(tls_context=tls, require_starttls=True)
        if options.user:
            settings.update(authenticator=authenticator(options.user, options.password),
                            auth_required=True, auth_require_tls=not options.smtps)
        return SMTP(handler, **settings)

    server = await asyncio.get_running_loop().create_server(
        session, "127.0.0.1", options.port, ssl=from_the_start)
    port = server.sockets[0].getsockname()[1]
    (folder / "port.part").write_text(str(port))
    (folder / "port.part").rename(folder / "port")
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    await ended.wait()


parser = argparse.ArgumentParser()
parser.add_argument("folder")
parser.add_argument("--port", type=int, default=0, help="of one that was stopped and comes back")
parser.add_argument("--mode", default="accept",
                    choices=["accept", "greylist", "refuse-first", "die-after-data"])
parser.add_argument("--cert")
parser.add_argument("--key")
parser.add_argument("--smtps", action="store_true")
parser.add_argument("--user")
parser.add_argument("--password")
asyncio.run(serve(parser.parse_args()))
