from __future__ import annotations

import io
import zipfile

from builder.disk.archive import zipped


def test_zip_bytes_do_not_depend_on_order_or_time() -> None:
    """The same files give the same archive, deflated, with fixed times."""
    one = zipped({"a": b"x" * 1000, "b": b"y"})
    assert one == zipped({"b": b"y", "a": b"x" * 1000})
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        assert archive.namelist() == ["a", "b"]
        assert archive.read("a") == b"x" * 1000
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.getinfo("a").compress_size < 100
