"""The widget's scripts as a site's pages get them."""

import gzip
from importlib.resources import files

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/embed.js", "embed.js"),
        ("/embed/pow.js", "pow.js"),
        ("/embed/actions.js", "actions.js"),
        ("/embed/counts.js", "counts.js"),
    ],
)
def test_a_script_is_served_as_it_is_written_to_pages_of_any_origin(client: FlaskClient, path: str, name: str) -> None:
    """A module is fetched with CORS; a page that isolates itself asks for CORP; ten minutes it may be kept."""
    written = (files("service.web.widget") / name).read_bytes()
    plain = client.get(path, headers={"Origin": "https://anywhere.example"})
    small = client.get(path, headers={"Accept-Encoding": "br, gzip"})

    assert plain.data == gzip.decompress(small.data) == written
    assert small.headers["Content-Encoding"] == "gzip"
    for answer in (plain, small):
        assert answer.mimetype == "text/javascript"
        assert answer.headers["Cache-Control"] == "public, max-age=600"
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_what_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    """Each encoding has a tag of its own."""
    tags = [client.get("/embed.js", headers={"Accept-Encoding": how}).headers["ETag"] for how in ("gzip", "identity")]

    assert tags[0] != tags[1]
    again = client.get("/embed.js", headers={"Accept-Encoding": "gzip", "If-None-Match": tags[0]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get("/embed.js", headers={"Accept-Encoding": "gzip", "If-None-Match": tags[1]}).status_code == 200
