"""What a served page does about visitors who went away, and about addresses that are none."""

import http.client
import json
import re
import time
import urllib.error
import urllib.request
from contextlib import closing
from urllib.parse import urlsplit

import pytest
from browser_tools import PROJECT, copied, kernel_of, kernels_of, served, wait_for

pytestmark = pytest.mark.slow
POOL = json.loads((PROJECT / "serve" / "voila.json").read_text())["VoilaConfiguration"]["default_pool_size"]  # wait for a visitor
MOST = 4  # visitors at once
IDLE = 20  # seconds; a busy machine takes more than five until a browser has opened its socket to the kernel

ODD = [
    "/%00",
    "/a%00b",
    "/static/%00",
    "/voila/templates/%00",
    "/voila/templates/x/y",
    "/voila/templates/x/static/y",
    "/voila/templates/..%2f..%2fx",
    "/voila/templates/../../../../decoy",
    "/voila/templates/hanyang/static/%00",
    "/voila/templates/hanyang/static/../../x",
    "/voila/templates/hanyang/static/nothing",
]


@pytest.fixture(scope="module")
def impatient(tmp_path_factory):
    """A served page as configured, but for the seconds after which a kernel that nobody looks at ends."""
    place = copied(tmp_path_factory.mktemp("visitors"))
    file = place / "serve" / "voila.json"
    content = json.loads(file.read_text())
    content["MappingKernelManager"]["cull_interval"] = 1
    content["Visitors"] = {"gone_timeout": IDLE, "most": MOST}
    file.write_text(json.dumps(content))
    yield from served(place, "serve", "login")


def test_kernels_of_visitors_who_went_away_end_and_who_stays_keeps_his(new_page, impatient):
    stays = new_page(f"{impatient.url}/?token={impatient.token}")
    stays.locator("#rendered_cells .hy-figure").wait_for()
    for _ in range(3):  # the page is fetched, and no browser ever opens a socket to its kernel
        with urllib.request.urlopen(f"{impatient.url}/?token={impatient.token}", timeout=120) as answer:
            assert b"hy-" in answer.read()
    seen = len(kernels_of(impatient))
    assert seen > POOL + 1
    wait_for(lambda: len(kernels_of(impatient)) <= POOL + 1, "kernels that nobody looks at stay")
    youngest = max(kernel.create_time() for kernel in kernels_of(impatient))
    time.sleep(max(0.0, youngest + IDLE + 8 - time.time()))  # a kernel starts in some seconds before it idles
    waiting = {kernel.pid for kernel in kernels_of(impatient)}
    assert len(waiting) == POOL + 1, "those that wait for the next visitor stay, and that of the one who is there"
    with urllib.request.urlopen(f"{impatient.url}/?token={impatient.token}", timeout=120) as answer:
        own = json.loads(re.findall(rb'id="jupyter-config-data"[^>]*>(.*?)</script>', answer.read(), re.DOTALL)[0])
    kernel = kernel_of(impatient, own["kernelId"])
    assert kernel.pid in waiting
    time.sleep(4)  # as long as a browser may take to open its socket; idle kernels are looked for each second
    assert kernel.is_running(), "a kernel that has waited for long is not ended under its visitor"
    stays.get_by_role("button", name="中文").click()  # longer idle than a kernel that nobody looks at lives
    stays.get_by_role("heading", name="探索").wait_for()


@pytest.mark.parametrize("path", ODD)
def test_an_address_that_is_none_is_not_found(impatient, path):
    place = urlsplit(impatient.url)
    with closing(http.client.HTTPConnection(place.hostname or "", place.port, timeout=60)) as asked:
        asked.request("GET", f"{path}?token={impatient.token}")
        answer = asked.getresponse()
        answer.read()
        assert answer.status == 404


def test_one_visitor_too_many_is_told_to_wait_in_both_languages(new_page, impatient):
    address = f"{impatient.url}/?token={impatient.token}"
    wait_for(lambda: len(kernels_of(impatient)) <= POOL, "kernels of other visitors stay")
    inside = []
    for _ in range(MOST):  # one after the other: a busy machine opens no four sockets before kernels without one end
        inside.append(new_page(address))
        inside[-1].locator("#rendered_cells .hy-figure").wait_for()
    with pytest.raises(urllib.error.HTTPError) as told:
        urllib.request.urlopen(address, timeout=120)
    said = told.value.read().decode()
    assert (told.value.code, told.value.headers["Retry-After"]) == (503, "20")
    assert f"{MOST} people use this page now" in said and f"当前已有{MOST}人在使用本页" in said
    assert 'http-equiv="refresh"' in said
    inside.pop().close(run_before_unload=True)
    wait_for(lambda: _code(address) == 200, "nobody comes in, though one has left")


def _code(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=120) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_the_configuration_that_is_served_ends_kernels_and_counts_visitors():
    content = json.loads((PROJECT / "serve" / "voila.json").read_text())
    assert content["Visitors"] == {"most": 20, "gone_timeout": 120}
    assert content["MappingKernelManager"]["cull_idle_timeout"] == 600
    assert content["MappingKernelManager"]["cull_connected"]
