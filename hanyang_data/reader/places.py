"""What place a text is about where the record does not know it, and which places its sentences turn to."""

import re
from collections.abc import Callable

import pandas as pd

from hanyang_data.reader.lexicon import Patterns

FORM = Patterns(__name__)
LINE = 40  # characters of a line that is a heading, a publisher or a place and no prose
OFTEN = 4  # times that a text names the place it is about
_LEVEL = {
    "省": "province", "治区": "province", "市": "city", "州": "city", "区": "district", "县": "county", "旗": "county",
}  # fmt: skip
OWN = {"province": "省", "city": "市", "district": "区", "functional_zone": "区", "county": "县", "nation": "国"}
# words before an indicator → what is left of them, and the region; None where it is not in the record
Place = Callable[[str], tuple[str, str | None]]


def guessed(head: str, body: str) -> tuple[str, str]:
    """A place that the record does not know: its name as printed, and its level."""
    title, _, rest = head.partition("。")
    title = title if len(title) <= LINE and "，" not in title else ""
    met = FORM.meets.search(head)
    chain = [_real(part) for part in FORM.parts.findall(met[1]) if not FORM.no_place.search(part) and _real(part)] if met else []
    chain += [m[1] for m in FORM.on_behalf.finditer(head) if not chain]
    place = (chain[-1] if chain else "") or named_in(title) or _unmarked(title, body)
    for part in [] if place else (rest if title else head).partition("各位代表")[0].split("。"):
        # the first of a short line, or of the sentences that follow one that the text names again
        found = named_in(part)
        place = place or found * ((len(part) <= LINE and "，" not in part) or body.count(found) > 1)
    if place:
        return place, _LEVEL.get(place[-2:], _LEVEL.get(place[-1], "district"))
    counts = {word: len(re.findall(f"(?<![于居列占在])全{word}(?!平均|第)", body)) for word in "省市区县州旗"}
    best = max(counts, key=lambda word: counts[word])
    return "", "nation" if body.count("国内生产总值") > counts[best] else _LEVEL[best] if counts[best] else "district"


def stated(head: str) -> str:
    """The place whose congress met, or whose government speaks: 在湖北省第十四届人民代表大会第四次会议上."""
    found = FORM.meets.search(head) or FORM.on_behalf.search(head)
    return found[1] if found else ""


def known(words: str, regions: pd.DataFrame) -> list[tuple[int, int, str]]:
    """Start, end and id of the record's regions that ``words`` name; a namesake elsewhere (包头市青山区, 江夏县) is none of them.

    >>> import hanyang_data as hd
    >>> regions = hd.open_dataset().regions  # doctest: +SKIP
    >>> known("武汉市青山区", regions), known("包头市青山区", regions)  # doctest: +SKIP
    ([(0, 3, 'wuhan'), (3, 6, 'qingshan')], [])
    """
    found = []
    for id_, name in regions["name_zh"].items():
        above = str(regions["name_zh"].get(regions.at[id_, "part_of"], ""))
        bare = re.sub("[区市省县]$", "", name)
        short = f"|{re.escape(bare)}(?![省市区县州旗镇乡])" if len(bare) > 1 else ""
        for m in re.finditer(re.escape(name) + short, words):
            before = words[: m.start()]
            if before[-1:] not in ("市", "省") or (above and before.endswith(above)) or not above:
                found.append((*m.span(), str(id_)))
    return sorted(found)


def elsewhere(words: str, place: str) -> bool:
    """Whether an article has turned to another place than its own: what follows is that one's.

    >>> elsewhere("沈阳市市长作报告时表示，全市", "长春市"), elsewhere("沈阳市市长到长春市", "长春市")
    (True, False)
    """
    bare = [m for m in FORM.bare.finditer(words) if not FORM.no_name.search(m[1])]  # 2022年郑州全市, 长沙2022年
    turns = sorted([*FORM.turn.finditer(words), *bare], key=lambda m: m.start())
    own = (place[:-1] if len(place) > 2 else place, place[-3:-1] or place)  # 深圳临江区 is called 临江 too
    return bool(place and turns) and not any(name in words[turns[-1].start() :] for name in own)


def several(title: str, body: str) -> bool:
    """Whether an article compares places, so that a figure may be of any of them.

    >>> several("三座城市今年这么干", ""), several("一季度全市经济平稳", "增长5%")
    (True, False)
    """
    cities = set(re.findall("([\u4e00-\u9fff]{2,3}市)(?=地区生产总值|\\d)", body))
    return FORM.several.search(title + body) is not None or len(cities) > 2


def named_in(words: str) -> str:
    """The first place of ``words`` that is called city, district and so on."""
    cleaned = re.sub(r"^[^。]{0,4}(关于)|(19|20)\d\d年?(\d{1,2}月)?(\d{1,2}日)?在?|[上下]半年|前?[一二三]季度|[-—]", "", words)
    for m in FORM.place.finditer(cleaned):
        if not FORM.no_place.search(m[1]):
            place = re.sub(r".*(报告|公报|纲要|情况|草案|计划|的)", "", m[1])
            if len(place) > 1 and (real := _real(place)):
                end, chain = m.end(), "[^区县旗]$|治区$"  # 邢台市任泽区 is the district, whose 全区 the text goes on with
                while re.search(chain, real) and (part := FORM.parts.match(cleaned, end)) and not FORM.no_place.search(part[0]):
                    real, end = part[0], part.end()
                return real
    return ""


def _real(place: str) -> str:
    """A place as it is called; of what ends like a province only those that there are."""
    whole = FORM.province.search(place)
    return whole[0] if whole else "" if place[-1] == "省" else place


def _unmarked(title: str, body: str) -> str:
    """A place that a title begins with and does not call city or district (深圳上半年GDP增长3%), as the text calls it."""
    name = title[:2]
    if not re.fullmatch("[\u4e00-\u9fff]{2}", name) or body.count(name) < OFTEN:
        return ""
    while len(name) < 4 and body.count(title[: len(name) + 1]) >= 0.8 * body.count(name):
        name = title[: len(name) + 1]
    kinds = {word: body.count(name + word) for word in "省市区县"}
    best = max(kinds, key=lambda word: kinds[word])
    return name + best if kinds[best] else ""


def placing(region: str, place: str, level: str, regions: pd.DataFrame, body: str) -> Place:
    """For a text of ``region``, called ``place``: what of the words before an indicator is left without the place they name.

    A place that the record does not know may share the name of a district of another city: the record's are only looked for
    where the text is of one of them, or names their city.
    """
    names = {place, FORM.kind.sub("", place), region}
    names |= {place[-3:]} if place[4:] and place[-1] in "区县市" else set()  # 光明区 of 深圳光明区
    names |= {"县域"} if place[-1:] == "县" else set()  # the county's own, of a city that of its counties
    own = re.compile("|".join(sorted((re.escape(n) for n in names if len(n) > 1), key=len, reverse=True)) or "$^")
    above = str(regions.at[region, "part_of"]) if region in regions.index else ""
    cities = regions["name_zh"][regions["level"] == "city"].str[:-1]
    others = regions if region in regions.index or any(city in body for city in cities) else regions[:0]

    def place_of(before: str) -> tuple[str, str | None]:
        told: str | None = region
        whole = re.search("全([国省市区县州盟旗])", before)
        if whole:
            before = before[: whole.start()] + before[whole.end() :]
            own_word = place[-1] if re.search("自治[区州]$|[盟旗]$", place) else OWN.get(level, "区")
            if whole[1] != own_word and (place or _LEVEL.get(whole[1]) != level):
                fits = above and OWN.get(str(regions.at[above, "level"])) == whole[1]
                told = above if fits else None
        own_name = own.search(before)
        hit = (*own_name.span(), region) if own_name else next(iter(known(before, others)), None)
        if hit and (not whole or hit[2] == told):  # 深圳全市
            told = hit[2]
            before = before[: hit[0]] + before[hit[1] :]
        return before, told

    return place_of
