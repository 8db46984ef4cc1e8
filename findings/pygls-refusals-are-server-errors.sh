#!/bin/sh
# pygls 2.1.1 (PyPI): a request that is refused by raising a JsonRpcException, as the protocol has it for a rename that can't be, is answered with its message, and reported as a server error as well, which report_server_error hears of.
# Seen: the client is told 'not here' with code -32803; report_server_error is called once, with JsonRpcRequestFailed.
# Exits 0 while that is so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/env"
"$here/env/bin/python" -m pip install --quiet --disable-pip-version-check pygls==2.1.1 lsprotocol==2025.0.0
cat >"$here/server.py" <<'PY'
import sys

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer


class JsonRpcRequestFailed(JsonRpcException):
    CODE = -32803
    MESSAGE = "Request failed"


class Server(LanguageServer):
    def report_server_error(self, error, source):
        with open(sys.argv[1], "a") as log:
            print("reported:", type(error).__name__, file=log)


server = Server("s", "1")


@server.feature(types.TEXT_DOCUMENT_RENAME)
def rename(params):
    raise JsonRpcRequestFailed("not here")


server.start_io()
PY
cat >"$here/client.py" <<'PY'
import asyncio
import sys

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.client import LanguageClient


async def main():
    client = LanguageClient("c", "1")
    await client.start_io(sys.executable, *sys.argv[1:])
    await client.initialize_async(types.InitializeParams(capabilities=types.ClientCapabilities()))
    where = types.TextDocumentIdentifier(uri="file:///a")
    try:
        await client.text_document_rename_async(types.RenameParams(where, types.Position(0, 0), "b"))
    except JsonRpcException as error:
        print("told:", error.message, error.code)
        assert (error.message, error.code) == ("not here", -32803)
    else:
        raise AssertionError
    await client.shutdown_async(None)
    client.exit(None)
    await client.stop()


asyncio.run(main())
PY
"$here/env/bin/python" "$here/client.py" "$here/server.py" "$here/log"
cat "$here/log"
test "$(grep -c 'reported: JsonRpcRequestFailed' "$here/log")" = 1
