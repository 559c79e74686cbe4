"""A mail server on loopback, as the tests need one: it asks for a password, keeps each mail as a file, raw and read,
and can be told to refuse the first ones for now. It prints its port, and ends with its standard input.

    smtp.py FOLDER PORT USER PASSWORD REFUSED
"""

import asyncio
import email
import email.policy
import json
import logging
import os
import pathlib
import sys
import threading
import warnings

from aiosmtpd.smtp import SMTP, AuthResult


class LetterBox:
    """Keeps mail as NUMBER.eml and NUMBER.json, and a file refused-NUMBER for each that was refused."""

    def __init__(self, folder, refused):
        self.folder = folder
        self.refused = refused

    async def handle_DATA(self, server, session, envelope):
        done = len(list(self.folder.glob("refused-*")))
        if done < self.refused:
            (self.folder / f"refused-{done + 1}").touch()
            return "451 Try again later"
        number = len(list(self.folder.glob("*.json"))) + 1
        (self.folder / f"{number:04}.eml").write_bytes(envelope.original_content)
        # Whoever waits for it shall never find half a file.
        unfinished = self.folder / "unfinished"
        unfinished.write_text(json.dumps(read(session, envelope)), encoding="utf-8")
        unfinished.rename(self.folder / f"{number:04}.json")
        return "250 Kept"


def read(session, envelope):
    """What a mail program makes of it."""
    mail = email.message_from_bytes(envelope.original_content, policy=email.policy.default)

    def part(kind):
        return mail.get_body((kind,)).get_content()

    def people(name):
        return [[found.display_name, found.addr_spec] for found in mail[name].addresses]

    return {
        "user": session.auth_data,
        "recipients": envelope.rcpt_tos,
        "to": people("to"),
        "from": people("from"),
        "subject": str(mail["subject"]),
        "kind": mail.get_content_type(),
        "parts": [found.get_content_type() for found in mail.iter_parts()],
        "text": part("plain"),
        "html": part("html"),
        "headers": [name.lower() for name in mail.keys()],
        "defects": [str(defect) for defect in mail.defects],
    }


def end_with_input():
    sys.stdin.buffer.read()
    os._exit(0)


async def main(folder, port, user, password, refused):
    box = LetterBox(pathlib.Path(folder), int(refused))

    def authenticate(server, session, envelope, mechanism, data):
        right = (data.login, data.password) == (user.encode(), password.encode())
        return AuthResult(success=right, handled=False, auth_data=user if right else None)

    def connection():
        return SMTP(box, authenticator=authenticate, auth_required=True, auth_require_tls=False, hostname="localhost")

    server = await asyncio.get_running_loop().create_server(connection, "127.0.0.1", int(port))
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


# It warns of passwords without TLS; here they go no further than this machine.
warnings.simplefilter("ignore", UserWarning)
logging.getLogger("mail.log").setLevel(logging.ERROR)
threading.Thread(target=end_with_input, daemon=True).start()
asyncio.run(main(*sys.argv[1:]))
