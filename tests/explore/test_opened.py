"""The page that a served notebook opens: with its token, read by its owner alone, and a word where no browser is."""

import logging
import threading
import webbrowser
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

from hanyang_data.explore import served


def server(token="abc"):
    """What is asked of a Voilà."""
    return SimpleNamespace(
        browser="", webbrowser_open_new=2, connection_url="http://127.0.0.1:8866/", log=logging.getLogger("voila"),
        identity_provider=SimpleNamespace(token=token),
    )  # fmt: skip


def test_the_browser_is_given_a_page_that_leads_to_the_address_with_its_token(monkeypatch):
    done, shown = threading.Event(), []
    monkeypatch.setattr(
        webbrowser, "get", lambda _: SimpleNamespace(open=lambda url, new: (shown.append((url, new)), done.set()))
    )
    served._launch(server('a"><script>'))
    assert done.wait(10)
    ((url, new),) = shown
    assert "token" not in url, "everybody sees what a browser is started with"
    assert new == 2
    text = Path(urlsplit(url).path).read_text(encoding="utf-8")
    assert text.count("http://127.0.0.1:8866/?token=a%22%3E%3Cscript%3E") == 2
    assert "<script>" not in text


def test_where_no_browser_is_the_address_is_pointed_at_and_no_page_is_written(monkeypatch, caplog):
    monkeypatch.setattr(webbrowser, "get", lambda _: (_ for _ in ()).throw(webbrowser.Error("none")))
    monkeypatch.setattr(served, "page_that_leads_to", lambda _: 1 / 0)
    with caplog.at_level(logging.INFO, "voila"):
        served._launch(server())
    assert caplog.messages == ["No browser is found here: open the address above."]
