"""The words of a figure, and whether all of them stand on its page."""

import matplotlib.text

from hanyang_data.charts.style import theme


def texts(chart):
    """All words that are drawn; matplotlib keeps labels of ticks beyond the ends of an axis and does not draw them."""
    ticks = [(t, a.get_view_interval()) for x in chart.figure.axes for a in (x.xaxis, x.yaxis) for t in a.get_major_ticks()]
    beyond = {id(t.label1) for t, (low, high) in ticks if not min(low, high) <= t.get_loc() <= max(low, high)}
    found = chart.figure.findobj(matplotlib.text.Text)
    return [text for text in found if text.get_visible() and text.get_text().strip() and id(text) not in beyond]


def off_the_page(chart, size):
    """The words that do not stand wholly on the page."""
    with theme(size):
        chart.figure.draw_without_rendering()
    page, boxes = chart.figure.bbox, {text: text.get_window_extent() for text in texts(chart)}
    return [t for t, b in boxes.items() if min(b.x0, b.y0) < -1 or b.x1 > page.x1 + 1 or b.y1 > page.y1 + 1]
