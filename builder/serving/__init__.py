"""A language server for the files of a course: what an editor asks, answered by what the commands know.

`desk.py` holds the open buffers and checks the course behind them. The modules beside it answer one question each, as
functions from a text and a place to plain values. `server.py` alone knows the protocol.
"""
